package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node leaves that has the only replica of some shards. */
@Tag("journey")
class WritePauseIT {
    private static final List<String> TENANTS = List.of("anna", "berta", "clara", "dora");
    private static final Duration A_WAVE = Duration.ofSeconds(200);
    private static final Duration A_LOOK = Duration.ofSeconds(1);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-pause");

    @Test
    void pausesWritesToMoveTheOnlyReplicaAndLosesNone() throws Exception {
        var one = JOURNEY.cluster("one");
        one.apply(Subject.small(
                4, "rebalance: {enabled: false}\nenv: [{name: REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, value: 5s}]"));
        one.awaitReady();
        one.weaviate().define("Single", 1, List.of());
        one.weaviate().define("SingleTenants", 1, TENANTS);
        assertThat(one.weaviate().replicas("SingleTenants")).containsKey("one-3");
        var writer = Writer.begin(one.weaviate(), Map.of("Single", List.of(""), "SingleTenants", TENANTS));

        one.change("replicas: 3\nscaleIn: {writePause: Allowed}");
        one.awaitCondition("WritesPaused", "True", "MovingShards");
        one.change("suspend: true");
        JOURNEY.operator().kill();
        await("it rests, and leaves no pause behind")
                .atMost(A_WAVE)
                .pollInterval(A_LOOK)
                .until(() -> one.condition("Ready")
                        .filter(ready -> ready.getReason().equals("Suspended"))
                        .isPresent());
        int suspended = writer.count();
        await("writes go on").atMost(Duration.ofSeconds(10)).until(() -> writer.count() > suspended + 10);
        assertThat(one.pods()).hasSize(4);

        one.change("suspend: null");
        await("the node has left")
                .atMost(A_WAVE)
                .pollInterval(A_LOOK)
                .until(() -> one.pods().size() == 3);
        one.awaitReady();
        int before = writer.count();
        await("writes go on").atMost(Duration.ofSeconds(10)).until(() -> writer.count() > before + 10);
        writer.end();

        System.err.printf("%d acknowledged, %d refused. %s%n", writer.count(), writer.refused(), one.events("Resumed"));
        assertThat(one.weaviate().replicas("Single")).doesNotContainKey("one-3");
        assertThat(one.weaviate().replicas("SingleTenants")).doesNotContainKey("one-3");
        assertThat(writer.refused()).as("refused while paused").isPositive();
        assertThat(writer.lost()).isEmpty();
    }
}
