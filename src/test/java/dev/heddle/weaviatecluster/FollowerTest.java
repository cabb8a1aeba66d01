package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Assessment;
import dev.heddle.core.autoscale.Basis;
import dev.heddle.core.autoscale.Metric;
import dev.heddle.core.autoscale.ScalingPolicy;
import dev.heddle.core.autoscale.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a follower remembers from one reconcile to the next. */
class FollowerTest {
    private Instant now = Samples.NOW;
    private final Follower follower = new Follower(standing(spec(3)), now);

    private static WeaviateClusterSpec spec(int replicas) {
        return Samples.spec("replicas: %d\nautoScaling: {enabled: true, minReplicas: 3, maxReplicas: 5, targetCPU: 50}"
                .formatted(replicas));
    }

    private static Standing standing(WeaviateClusterSpec spec) {
        return Standing.of(ScalingPolicy.of(spec).orElseThrow(), Optional.empty(), 3, 3, false);
    }

    private Assessment reconcile(int replicas, int later) {
        now = now.plusSeconds(later);
        return follower.assess(spec(replicas), standing(spec(replicas)), now);
    }

    /** Between two reconciles a minute may pass. */
    @Test
    void judgesSamplesByWhatTheReconcileEndedWith() {
        var later = now.plusSeconds(10);
        var loads = new LoadSource(null, null, null, (url, token, promql) -> 500, Clock.fixed(later, ZoneOffset.UTC));
        var target = new LoadSource.Target(
                Samples.NAMES,
                Set.of(),
                List.of(
                        new LoadSource.Node("db-0", "u0", ""),
                        new LoadSource.Node("db-1", "u1", ""),
                        new LoadSource.Node("db-2", "u2", "")),
                new Basis(Optional.empty(), Optional.empty()),
                "",
                true,
                false,
                new PrometheusSource.Questions("", Optional.empty(), Map.of(Metric.CPU, "cpu"), Optional.empty()));
        reconcile(3, 0);
        follower.follow(loads, target, later);
        reconcile(3, 10);
        assertThat(follower.follow(loads, target, later))
                .as("it was being made")
                .isFalse();

        follower.told(ClusterPhase.RUNNING);
        assertThat(follower.follow(loads, target, later)).isTrue();
    }

    @Test
    void tellsForAWhileThatAnotherNumberHasNoEffect() {
        assertThat(reconcile(3, 0).findings()).isEmpty();
        assertThat(reconcile(3, 60).findings()).isEmpty();

        var told = reconcile(4, 60);
        assertThat(Samples.reasons(told.findings())).containsExactly("ReplicasIgnored");
        assertThat(told.findings().getFirst().message()).contains("from 3 to 4").contains("HPA or KEDA");
        assertThat(told.status().replicas()).isEqualTo(3);
        assertThat(reconcile(4, 599).findings()).hasSize(1);
        assertThat(reconcile(4, 1).findings()).isEmpty();
    }
}
