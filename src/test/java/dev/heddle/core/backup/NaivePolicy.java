package dev.heddle.core.backup;

import dev.heddle.core.backup.RetentionPlanner.State;
import dev.heddle.core.backup.RetentionPlanner.Stored;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policy, word for word, said of all backups that were ever made, whether they are still there or not. */
final class NaivePolicy {
    private final RetentionPolicy policy;
    private final List<Stored> ever;
    private final Instant now;
    /** Oldest first. */
    private final List<Stored> good;

    private final Set<Stored> last;
    private final Set<Stored> daily;
    private final Set<Stored> weekly;

    private NaivePolicy(RetentionPolicy policy, List<Stored> ever, Instant now) {
        this.policy = policy;
        this.ever = ever;
        this.now = now;
        this.good = ever.stream()
                .filter(one -> one.own() && one.state() == State.GOOD)
                .sorted(Comparator.comparing(Stored::ended))
                .toList();
        this.last = newest(policy.keepLast());
        this.daily = newestOfEach(policy.keepDaily(), this::day);
        this.weekly = newestOfEach(policy.keepWeekly(), this::monday);
    }

    static Set<String> kept(RetentionPolicy policy, List<Stored> ever, Instant now) {
        return new NaivePolicy(policy, ever, now).kept();
    }

    private Set<String> kept() {
        var kept = ever.stream().filter(this::wanted).map(Stored::id).collect(Collectors.toCollection(HashSet::new));
        boolean more = true;
        while (more) {
            more = kept.addAll(ever.stream()
                    .filter(stored -> kept.contains(stored.id()))
                    .flatMap(stored -> stored.base().stream())
                    .toList());
        }
        return kept;
    }

    private boolean wanted(Stored one) {
        boolean noRule = policy.keepLast().isEmpty()
                && policy.keepDaily().isEmpty()
                && policy.keepWeekly().isEmpty()
                && policy.maxAge().isEmpty();
        if (noRule || !one.own() || one.state() == State.RUNNING || good.isEmpty()) {
            return true;
        }
        var newest = good.getLast();
        if (one.state() == State.BAD) {
            return !one.ended().isBefore(newest.ended());
        }
        boolean tooOld = policy.maxAge().isPresent()
                && one.ended().isBefore(now.minus(policy.maxAge().get()));
        boolean onlyAge = policy.keepLast().isEmpty()
                && policy.keepDaily().isEmpty()
                && policy.keepWeekly().isEmpty();
        return one == newest
                || !tooOld && (onlyAge || last.contains(one) || daily.contains(one) || weekly.contains(one));
    }

    private Set<Stored> newest(Optional<Integer> number) {
        return Set.copyOf(good.subList(Math.max(0, good.size() - number.orElse(0)), good.size()));
    }

    /** What is put in later takes the place of what was there: the newest of its period. */
    private Set<Stored> newestOfEach(Optional<Integer> number, Function<Stored, LocalDate> period) {
        var newest = new TreeMap<LocalDate, Stored>();
        good.forEach(one -> newest.put(period.apply(one), one));
        while (newest.size() > number.orElse(0)) {
            newest.pollFirstEntry();
        }
        return Set.copyOf(newest.values());
    }

    private LocalDate day(Stored one) {
        return LocalDate.ofInstant(one.ended(), policy.zone());
    }

    private LocalDate monday(Stored one) {
        return day(one).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
