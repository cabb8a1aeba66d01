package dev.heddle.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Writes for as long as it may, and knows what was acknowledged. */
final class Writer implements Runnable {
    private final WeaviateAsUser weaviate;
    private final List<Place> places;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Failure> refused = new CopyOnWriteArrayList<>();
    private final AtomicLong slowest = new AtomicLong();
    private final Map<Place, List<Integer>> taken = new ConcurrentHashMap<>();
    private Thread thread;

    /** @param tenant empty where there are none */
    record Place(String collection, String tenant) {}

    private Writer(WeaviateAsUser weaviate, List<Place> places) {
        this.weaviate = weaviate;
        this.places = places;
    }

    /** @param tenants by collection; a single empty one for a collection without */
    static Writer begin(WeaviateAsUser weaviate, Map<String, List<String>> tenants) {
        var writer = new Writer(
                weaviate,
                tenants.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream().map(tenant -> new Place(entry.getKey(), tenant)))
                        .toList());
        writer.thread = Thread.ofVirtual().start(writer);
        return writer;
    }

    @Override
    public void run() {
        for (int number = 0; !stop.get(); number++) {
            for (var place : places) {
                var began = Announced.CLOCK.instant();
                var problem = weaviate.write(place.collection(), place.tenant(), number);
                var ended = Announced.CLOCK.instant();
                slowest.accumulateAndGet(Duration.between(began, ended).toNanos(), Math::max);
                if (problem.isEmpty()) {
                    taken.computeIfAbsent(place, first -> new CopyOnWriteArrayList<>())
                            .add(number);
                } else {
                    refused.add(new Failure(place.collection(), true, began, ended, problem.get()));
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    void end() throws InterruptedException {
        stop.set(true);
        thread.join();
    }

    /** Acknowledged numbers. */
    Map<Place, List<Integer>> taken() {
        return taken;
    }

    int count() {
        return taken.values().stream().mapToInt(List::size).sum();
    }

    int refused() {
        return refused.size();
    }

    List<Failure> failures() {
        return refused;
    }

    /** Of writes that failed, without those that are {@code excused}. */
    double share(Predicate<Failure> excused) {
        return Failure.share(refused, count(), excused);
    }

    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    @Override
    public String toString() {
        return "%d acknowledged, %d failed, slowest %.1f s".formatted(count(), refused.size(), slowest.get() / 1e9);
    }

    /** Acknowledged, and not found. */
    List<String> lost() {
        return taken.entrySet().stream()
                .flatMap(entry -> entry.getValue().parallelStream()
                        .filter(number -> !weaviate.has(
                                entry.getKey().collection(), entry.getKey().tenant(), number))
                        .map(number -> entry.getKey() + " " + number))
                .toList();
    }

    /** Acknowledged, and this node has no copy. */
    List<String> missing(String node) {
        return taken.entrySet().stream()
                .flatMap(entry ->
                        weaviate
                                .missing(
                                        entry.getKey().collection(),
                                        entry.getKey().tenant(),
                                        entry.getValue(),
                                        node)
                                .stream()
                                .map(number -> entry.getKey() + " " + number))
                .toList();
    }
}
