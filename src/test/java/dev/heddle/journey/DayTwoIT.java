package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All that is done to a running cluster, one after the other under the same load, with the operator killed in the
 * middle of each. Takes a quarter of an hour: {@code make journeys}.
 */
@Tag("whole")
class DayTwoIT {
    private static final List<String> TENANTS =
            IntStream.range(0, 20).mapToObj(i -> "tenant" + i).toList();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration A_LOOK = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-day-two");

    private final Subject one = JOURNEY.cluster("one");

    @Test
    void losesNothing() throws Exception {
        one.apply(Subject.small(3, """
                rebalance: {maxConcurrentMoves: 10}
                scaleIn: {writePause: Allowed}
                env: [{name: REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, value: 5s}]"""));
        one.awaitReady();
        one.weaviate().define("Plain", 3, List.of(), true);
        one.weaviate().define("Tenants", 3, TENANTS, true);
        one.weaviate().define("Single", 1, List.of(), false);
        try (var pauses = new Pauses(one);
                var load = new Load(one.weaviate())) {
            during("from 3 to 5 nodes", "replicas: 5", 5);
            during("from 5 to 3 nodes", "replicas: 3", 3);
            during("from 1.35.2 to 1.36.0", "version: 1.36.0", 3);
            during("another configuration", "podAnnotations: {example.com/note: rolled}", 3);
            during("larger volumes", "storage: {size: 300Mi}", 3);
            for (var victim : one.pods()) {
                long began = System.nanoTime();
                JOURNEY.client().resource(victim).withGracePeriod(0).delete();
                JOURNEY.operator().kill();
                one.awaitReadyWithout(Set.of(victim.getMetadata().getUid()));
                took(victim.getMetadata().getName() + " was killed", began);
            }
            load.close();
            System.err.printf("%s%nwrites paused: %s%n%s", load, pauses, load.refusals());
            load.holds(pauses);
            await("every replica has everything")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(5))
                    .untilAsserted(() -> one.pods()
                            .forEach(pod -> load.isWhole(pod.getMetadata().getName())));
        }
    }

    /** The operator dies as soon as the work has begun. */
    private void during(String what, String change, int nodes) {
        long began = System.nanoTime();
        one.change(change);
        await(what + " begins").atMost(LONG).pollInterval(A_LOOK).until(() -> one.is("Reconciling", "True"));
        JOURNEY.operator().kill();
        await(what)
                .atMost(LONG)
                .pollInterval(A_LOOK)
                .until(() -> one.pods().size() == nodes
                        && one.is("Ready", "True")
                        && one.is("Reconciling", "False")
                        && one.is("Stalled", "False"));
        took(what, began);
    }

    private static void took(String what, long began) {
        System.err.printf(
                "%s: %d s%n", what, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    /** A writer and a searcher for each kind of collection. */
    private record Load(
            Writer plain, Writer tenants, Writer single, Searcher ofPlain, Searcher ofTenants, Searcher ofSingle)
            implements AutoCloseable {
        Load(WeaviateAsUser weaviate) {
            this(
                    Writer.begin(weaviate, Map.of("Plain", List.of(""))),
                    Writer.begin(weaviate, Map.of("Tenants", TENANTS)),
                    Writer.begin(weaviate, Map.of("Single", List.of(""))),
                    Searcher.begin(weaviate, "Plain", ""),
                    Searcher.begin(weaviate, "Tenants", TENANTS.getFirst()),
                    Searcher.begin(weaviate, "Single", ""));
        }

        String refusals() {
            return Stream.of(plain, tenants, single).map(Writer::refusals).collect(Collectors.joining());
        }

        /** What has one copy is away while its node restarts; that is what more copies are for. */
        void holds(Pauses pauses) {
            for (var writer : List.of(plain, tenants, single)) {
                assertThat(writer.lost()).isEmpty();
                assertThat(writer.slowest()).isLessThan(LONGEST);
            }
            for (var searcher : List.of(ofPlain, ofTenants, ofSingle)) {
                assertThat(searcher.slowest()).isLessThan(LONGEST);
            }
            for (var share : List.of(plain.share(pauses), tenants.share(pauses), ofPlain.share(), ofTenants.share())) {
                assertThat(share).as("failed requests").isLessThan(0.001);
            }
        }

        void isWhole(String node) {
            assertThat(plain.missing(node)).as("copies on %s", node).isEmpty();
            assertThat(tenants.missing(node)).as("copies on %s", node).isEmpty();
        }

        @Override
        public void close() throws InterruptedException {
            for (var writer : List.of(plain, tenants, single)) {
                writer.end();
            }
            for (var searcher : List.of(ofPlain, ofTenants, ofSingle)) {
                searcher.end();
            }
        }
    }

    /** When the resource announced that no node takes writes, as far as one can see from outside. */
    private static final class Pauses implements LongPredicate, AutoCloseable {
        /** Weaviate reads its mode every two seconds. */
        private static final Duration FOLLOWS = Duration.ofSeconds(3);

        private final List<Long> seen = new CopyOnWriteArrayList<>();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        Pauses(Subject one) {
            thread = Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    if (one.is("WritesPaused", "True")) {
                        seen.add(System.nanoTime());
                    }
                    LockSupport.parkNanos(A_LOOK.toNanos());
                }
            });
        }

        @Override
        public boolean test(long failure) {
            return seen.stream().anyMatch(look -> Math.abs(look - failure) < FOLLOWS.toNanos());
        }

        @Override
        public String toString() {
            return "%d looks, one each %d ms".formatted(seen.size(), A_LOOK.toMillis());
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            thread.join();
        }
    }
}
