package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What outlives a restart of the operator. */
class StandingTest {
    private static final ScalingPolicy POLICY = ScalingPolicy.of(
                    Samples.spec("replicas: 2\nautoScaling: {enabled: true, maxReplicas: 7, targetCPU: 50}"))
            .orElseThrow();

    private static Standing of(AutoScalingStatus said, ClusterPhase phase, int live) {
        var status = new WeaviateClusterStatus(
                1L, phase, null, null, live, live, null, null, 3, null, said, null, null, List.of());
        return Standing.of(POLICY, Optional.of(status), live, 1, false);
    }

    @Test
    void readsTheDecisionBack() {
        var standing =
                of(new AutoScalingStatus(5, "3 → 5: cpu", "2026-01-02T03:00:00Z", null, null), ClusterPhase.RUNNING, 3);

        assertThat(standing.decision())
                .isEqualTo(new Decision(5, "3 → 5: cpu", Optional.of(Instant.parse("2026-01-02T03:00:00Z"))));
        assertThat(standing.voters()).isEqualTo(3);
    }

    @Test
    void beginsWithWhatThereIs() {
        assertThat(of(null, ClusterPhase.RUNNING, 6).decision().nodes()).isEqualTo(6);
        assertThat(of(null, ClusterPhase.RUNNING, 9).decision().nodes()).isEqualTo(7);
        assertThat(Standing.of(POLICY, Optional.empty(), 1, 1, false).decision().nodes())
                .as("minReplicas is spec.replicas")
                .isEqualTo(2);
    }

    @Test
    void takesNonsenseForNothing() {
        assertThat(of(new AutoScalingStatus(0, null, "yesterday", null, null), ClusterPhase.RUNNING, 4)
                        .decision())
                .isEqualTo(new Decision(4, "The number of nodes to start with.", Optional.empty()));
        assertThat(of(new AutoScalingStatus(4, null, "yesterday", null, null), ClusterPhase.RUNNING, 4)
                        .decision())
                .isEqualTo(new Decision(4, "", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, ANY",
        "DEGRADED, GROW",
        "SCALING, QUERIES",
        "UPGRADING, NONE",
        "ROLLINGBACK, NONE",
        "RESIZING, NONE",
        "CREATING, NONE",
        "FAILED, NONE",
        "PENDING, NONE"
    })
    void leavesOtherWorkAlone(ClusterPhase phase, Freedom freedom) {
        assertThat(of(null, phase, 3).freedom()).isEqualTo(freedom);
    }
}
