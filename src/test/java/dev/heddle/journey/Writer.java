package dev.heddle.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Writes for as long as it may, and knows what was acknowledged. */
final class Writer implements Runnable {
    private static final int MENTIONED = 20;

    private final WeaviateAsUser weaviate;
    private final List<Place> places;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final long born = System.nanoTime();
    private final List<Refusal> refused = new CopyOnWriteArrayList<>();
    private final AtomicLong slowest = new AtomicLong();
    private final Map<Place, List<Integer>> taken = new ConcurrentHashMap<>();
    private Thread thread;

    /** @param tenant empty where there are none */
    record Place(String collection, String tenant) {}

    /** @param at {@link System#nanoTime} */
    private record Refusal(long at, long took, String why) {}

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
                long began = System.nanoTime();
                var problem = weaviate.write(place.collection(), place.tenant(), number);
                long took = System.nanoTime() - began;
                slowest.accumulateAndGet(took, Math::max);
                if (problem.isEmpty()) {
                    taken.computeIfAbsent(place, first -> new CopyOnWriteArrayList<>())
                            .add(number);
                } else {
                    refused.add(new Refusal(System.nanoTime(), took, problem.get()));
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

    /** Of writes that failed at another {@link System#nanoTime} than those that are {@code excused}. */
    double share(LongPredicate excused) {
        long failed =
                refused.stream().filter(refusal -> !excused.test(refusal.at())).count();
        return failed / (double) (failed + count());
    }

    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    @Override
    public String toString() {
        return "%d acknowledged, %d failed, slowest %.1f s".formatted(count(), refused.size(), slowest.get() / 1e9);
    }

    /** What failed after how many seconds of writing, and why; the first few. */
    String refusals() {
        return refused.stream()
                .limit(MENTIONED)
                .map(refusal -> "after %d s, for %.1f s: %s%n"
                        .formatted(
                                Duration.ofNanos(refusal.at() - born).toSeconds(), refusal.took() / 1e9, refusal.why()))
                .collect(Collectors.joining());
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
