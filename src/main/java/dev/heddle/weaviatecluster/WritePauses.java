package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.scale.WritePausing;
import dev.heddle.core.status.WritesPaused;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Reads off nodes and status how it stands with a pause of writes; nothing is remembered. */
final class WritePauses {
    private final Clock clock;

    WritePauses(Clock clock) {
        this.clock = clock;
    }

    /** Whether some node refuses writes; while none can be asked, whether they did. */
    boolean on(WeaviateCluster cluster, ClusterObservation seen) {
        return seen.weaviate() instanceof WeaviateReport.Answered answered
                ? answered.nodes().stream().anyMatch(WeaviateReport.Node::paused)
                : told(cluster).filter(WritesPaused::is).isPresent();
    }

    WritePausing of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        boolean all = seen.weaviate() instanceof WeaviateReport.Answered answered
                && answered.nodes().stream().allMatch(WeaviateReport.Node::paused);
        return new WritePausing(forbidden(plan), all, spent(cluster, plan));
    }

    private static Optional<String> forbidden(ClusterPlan plan) {
        if (!ClusterDefaults.pausesWrites(plan.spec())) {
            return Optional.of(WritePausing.ALLOW);
        }
        return plan.reloads()
                ? Optional.empty()
                : Optional.of("Weaviate %s cannot pause writes, %s and later can; upgrade first."
                        .formatted(plan.version(), plan.catalog().features().get("runtimeOverrides")));
    }

    private boolean spent(WeaviateCluster cluster, ClusterPlan plan) {
        return told(cluster)
                .filter(condition -> WritesPaused.is(condition)
                        ? Instant.parse(condition.getLastTransitionTime())
                                .plus(ClusterDefaults.maxWritePause(plan.spec()))
                                .isBefore(clock.instant())
                        : WritesPaused.gaveUp(condition, cluster.getMetadata().getGeneration()))
                .isPresent();
    }

    private static Optional<Condition> told(WeaviateCluster cluster) {
        return WritesPaused.of(cluster.getStatus());
    }
}
