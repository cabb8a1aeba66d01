package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes, four, and three again, under writes and over crashes of the operator. */
@TestMethodOrder(OrderAnnotation.class)
class RescaleIT {
    private static final String HERE = "heddle-rescale";
    private static final List<String> TENANTS = List.of("anna", "berta", "clara", "dora");
    private static final Duration A_WAVE = Duration.ofSeconds(200);
    private static final Duration A_LOOK = Duration.ofSeconds(1);

    @RegisterExtension
    static final Journey JOURNEY = new Journey(HERE);

    @Test
    @Order(1)
    void growsAndShrinksUnderWrites() throws Exception {
        var one = JOURNEY.cluster("one");
        // Less than Weaviate's minute, which only makes the test longer.
        one.apply(Subject.small(
                3,
                "rebalance: {maxConcurrentMoves: 10}\nenv: [{name: REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, value: 5s}]"));
        one.awaitReady();
        one.weaviate().define("Plain", 3, List.of());
        one.weaviate().define("Tenants", 3, TENANTS);
        var writer = new Writer(one.weaviate(), Map.of("Plain", List.of(""), "Tenants", TENANTS));
        var thread = Thread.ofVirtual().start(writer);

        one.change("replicas: 4");
        await("the new node has its share").atMost(A_WAVE).pollInterval(A_LOOK).untilAsserted(() -> {
            assertThat(one.weaviate().replicas("Plain").keySet()).contains("one-3");
            assertThat(one.weaviate().replicas("Tenants"))
                    .containsOnlyKeys("one-0", "one-1", "one-2", "one-3")
                    .allSatisfy((node, count) -> assertThat(count).isEqualTo(3));
            assertThat(one.is("Reconciling", "False")).isTrue();
        });
        assertThat(one.is("Ready", "True")).isTrue();

        one.change("replicas: 3");
        one.awaitCondition("Reconciling", "True", "DrainingNode", "one-3");
        JOURNEY.operator().kill();
        await("the node has left")
                .atMost(A_WAVE)
                .pollInterval(A_LOOK)
                .until(() -> one.pods().size() == 3);
        one.awaitReady();
        writer.stop.set(true);
        thread.join();

        assertThat(one.weaviate().raft().peers()).containsExactly("one-0", "one-1", "one-2");
        assertThat(one.weaviate().replicas("Plain")).doesNotContainKey("one-3");
        assertThat(one.weaviate().replicas("Tenants")).doesNotContainKey("one-3");
        assertThat(one.claims()).as("reclaimPolicy is Retain").hasSize(4);
        System.err.printf("%d acknowledged%n", writer.count());
        assertThat(writer.lost()).isEmpty();
        assertThat(writer.taken).allSatisfy((where, numbers) -> assertThat(numbers)
                .as("%s %s", where, writer.taken.size())
                .hasSizeGreaterThan(20));
    }

    @Test
    @Order(2)
    void takesAFreshVolumeForANodeThatComesBack() {
        var one = JOURNEY.cluster("one");
        var kept = uid(one);

        one.change("replicas: 4");
        await("another claim")
                .atMost(Duration.ofSeconds(60))
                .until(() -> one.pods().size() == 4 && !uid(one).equals(kept));
        one.awaitReady();
        assertThat(one.weaviate().raft().peers()).hasSize(4);
    }

    @Test
    @Order(3)
    void refusesToMoveTheOnlyReplica() {
        var one = JOURNEY.cluster("one");
        one.weaviate().define("Single", 1, List.of());
        assertThat(one.weaviate().replicas("Single")).containsKey("one-3");

        one.change("replicas: 3");
        one.awaitCondition("Stalled", "True", "ScaleInNeedsWritePause", "Single", "4 nodes are kept");
        assertThat(one.pods()).hasSize(4);
        one.change("replicas: 4");
        one.awaitCondition("Stalled", "False", "NotStalled");
    }

    @Test
    @Order(4)
    void pausesWritesToMoveTheOnlyReplicaAndLosesNone() throws Exception {
        var one = JOURNEY.cluster("one");
        one.weaviate().define("SingleTenants", 1, TENANTS);
        assertThat(one.weaviate().replicas("SingleTenants")).containsKey("one-3");
        var writer = new Writer(one.weaviate(), Map.of("Single", List.of(""), "SingleTenants", TENANTS));
        var thread = Thread.ofVirtual().start(writer);

        one.change("replicas: 3\nscaleIn: {writePause: Allowed}");
        one.awaitCondition("WritesPaused", "True", "MovingShards");
        JOURNEY.operator().kill();
        await("the node has left")
                .atMost(A_WAVE)
                .pollInterval(A_LOOK)
                .until(() -> one.pods().size() == 3);
        one.awaitReady();
        var told = one.awaitCondition("WritesPaused", "False", "Resumed");
        int before = writer.count();
        await("writes go on").atMost(Duration.ofSeconds(10)).until(() -> writer.count() > before + 10);
        writer.stop.set(true);
        thread.join();

        System.err.printf("%d acknowledged, %d refused. %s%n", writer.count(), writer.refused.get(), told);
        assertThat(one.weaviate().replicas("Single")).doesNotContainKey("one-3");
        assertThat(one.weaviate().replicas("SingleTenants")).doesNotContainKey("one-3");
        assertThat(writer.refused.get()).as("refused while paused").isPositive();
        assertThat(writer.lost()).isEmpty();
    }

    private static String uid(Subject one) {
        return one.claims().stream()
                .filter(claim -> claim.getMetadata().getName().endsWith("-3"))
                .map(claim -> claim.getMetadata().getUid())
                .findFirst()
                .orElse("");
    }

    /** Writes for as long as it may, and knows what was acknowledged. */
    private static final class Writer implements Runnable {
        private final WeaviateAsUser weaviate;
        private final List<Place> places;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger refused = new AtomicInteger();
        /** Acknowledged numbers. */
        private final Map<Place, List<Integer>> taken = new ConcurrentHashMap<>();

        /** @param tenant empty where there are none */
        private record Place(String collection, String tenant) {}

        /** @param tenants by collection; a single empty one for a collection without */
        Writer(WeaviateAsUser weaviate, Map<String, List<String>> tenants) {
            this.weaviate = weaviate;
            this.places = tenants.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(tenant -> new Place(entry.getKey(), tenant)))
                    .toList();
        }

        @Override
        public void run() {
            for (int number = 0; !stop.get(); number++) {
                for (var place : places) {
                    if (weaviate.write(place.collection(), place.tenant(), number)) {
                        taken.computeIfAbsent(place, first -> new CopyOnWriteArrayList<>())
                                .add(number);
                    } else {
                        refused.incrementAndGet();
                    }
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }

        int count() {
            return taken.values().stream().mapToInt(List::size).sum();
        }

        List<String> lost() {
            return taken.entrySet().stream()
                    .flatMap(entry -> entry.getValue().parallelStream()
                            .filter(number -> !weaviate.has(
                                    entry.getKey().collection(), entry.getKey().tenant(), number))
                            .map(number -> entry.getKey() + " " + number))
                    .toList();
        }
    }
}
