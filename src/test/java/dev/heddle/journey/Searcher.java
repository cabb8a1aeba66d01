package dev.heddle.journey;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Searches for as long as it may. */
final class Searcher implements Runnable {
    private final WeaviateAsUser weaviate;
    private final String collection;
    private final String tenant;
    private final AtomicBoolean stop = new AtomicBoolean();
    private Thread thread;
    private int asked;
    private long slowest;
    private final List<Failure> failures = new CopyOnWriteArrayList<>();

    private Searcher(WeaviateAsUser weaviate, String collection, String tenant) {
        this.weaviate = weaviate;
        this.collection = collection;
        this.tenant = tenant;
    }

    /** @param tenant empty where there are none */
    static Searcher begin(WeaviateAsUser weaviate, String collection, String tenant) {
        var searcher = new Searcher(weaviate, collection, tenant);
        searcher.thread = Thread.ofVirtual().start(searcher);
        return searcher;
    }

    @Override
    public void run() {
        for (int number = 0; !stop.get(); number++) {
            var began = Announced.CLOCK.instant();
            asked++;
            try {
                weaviate.nearest(collection, tenant, number);
            } catch (AssertionError unanswered) {
                failures.add(new Failure(collection, false, began, Announced.CLOCK.instant(), unanswered.getMessage()));
            }
            slowest = Math.max(
                    slowest, Duration.between(began, Announced.CLOCK.instant()).toNanos());
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    void end() throws InterruptedException {
        stop.set(true);
        thread.join();
    }

    List<Failure> failures() {
        return failures;
    }

    /** Of searches that failed, without those that are {@code excused}. */
    double share(Predicate<Failure> excused) {
        return Failure.share(failures, asked - failures.size(), excused);
    }

    Duration slowest() {
        return Duration.ofNanos(slowest);
    }

    @Override
    public String toString() {
        return "%d asked, %d failed, slowest %.1f s".formatted(asked, failures.size(), slowest / 1e9);
    }
}
