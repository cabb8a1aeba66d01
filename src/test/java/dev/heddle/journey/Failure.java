package dev.heddle.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * A request that was not answered as it should be.
 *
 * @param write else it is a search
 * @param began when it was sent; {@code ended} when it had failed
 */
record Failure(String collection, boolean write, Instant began, Instant ended, String why) {
    boolean overlaps(Instant from, Instant to) {
        return !ended.isBefore(from) && !began.isAfter(to);
    }

    /** Of all that were sent, without those that are {@code excused}. */
    static double share(List<Failure> failures, long answered, Predicate<Failure> excused) {
        long failed = failures.stream().filter(excused.negate()).count();
        return failed / (double) Math.max(1, failed + answered);
    }

    @Override
    public String toString() {
        return "%s %s at %s, for %.1f s: %s"
                .formatted(
                        write ? "write to" : "search in",
                        collection,
                        began,
                        Duration.between(began, ended).toMillis() / 1e3,
                        why);
    }
}
