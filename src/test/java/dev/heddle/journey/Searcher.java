package dev.heddle.journey;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Searches for as long as it may. */
final class Searcher implements Runnable {
    private final WeaviateAsUser weaviate;
    private final String collection;
    private final String tenant;
    private final AtomicBoolean stop = new AtomicBoolean();
    private Thread thread;
    private int asked;
    private int failed;
    private long slowest;

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
            long began = System.nanoTime();
            asked++;
            try {
                weaviate.nearest(collection, tenant, number);
            } catch (AssertionError unanswered) {
                failed++;
            }
            slowest = Math.max(slowest, System.nanoTime() - began);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    void end() throws InterruptedException {
        stop.set(true);
        thread.join();
    }

    double share() {
        return failed / (double) asked;
    }

    Duration slowest() {
        return Duration.ofNanos(slowest);
    }

    @Override
    public String toString() {
        return "%d asked, %d failed, slowest %.1f s".formatted(asked, failed, slowest / 1e9);
    }
}
