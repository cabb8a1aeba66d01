package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes, four, and three again, under writes and over a crash of the operator. */
@Tag("journey")
@TestMethodOrder(OrderAnnotation.class)
class RescaleIT {
    private static final String HERE = "journey-rescale";
    private static final List<String> TENANTS = List.of("anna", "berta", "clara", "dora");
    /** Weaviate takes one minute or three for a move, and the last ones wait for the first. */
    private static final Duration A_WAVE = Duration.ofMinutes(7);

    private static final Duration A_LOOK = Duration.ofSeconds(1);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE);

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
        var writer = Writer.begin(one.weaviate(), Map.of("Plain", List.of(""), "Tenants", TENANTS));

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
        writer.end();

        assertThat(one.weaviate().raft().peers()).containsExactly("one-0", "one-1", "one-2");
        assertThat(one.weaviate().replicas("Plain")).doesNotContainKey("one-3");
        assertThat(one.weaviate().replicas("Tenants")).doesNotContainKey("one-3");
        assertThat(one.claims()).as("reclaimPolicy is Retain").hasSize(4);
        System.err.printf("%d acknowledged%n", writer.count());
        assertThat(writer.lost()).isEmpty();
        assertThat(writer.taken()).allSatisfy((where, numbers) -> assertThat(numbers)
                .as("%s %s", where, writer.taken().size())
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

    private static String uid(Subject one) {
        return one.claims().stream()
                .filter(claim -> claim.getMetadata().getName().endsWith("-3"))
                .map(claim -> claim.getMetadata().getUid())
                .findFirst()
                .orElse("");
    }
}
