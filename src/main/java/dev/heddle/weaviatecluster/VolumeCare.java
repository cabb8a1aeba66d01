package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All that is done to volumes during the life of a cluster, and after it. */
@ApplicationScoped
public class VolumeCare {
    private final VolumeGrowth growth;
    private final ShardRecovery recovery;
    private final VolumeReclaim reclaim;

    VolumeCare(VolumeGrowth growth, ShardRecovery recovery, VolumeReclaim reclaim) {
        this.growth = growth;
        this.recovery = recovery;
        this.reclaim = reclaim;
    }

    /**
     * Shards first, and all of them: that there is room again is known for certain only until the StatefulSet was made
     * again.
     */
    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        boolean writable = recovery.done(plan, seen);
        return growth.step(cluster, plan, seen, writable)
                .map(refused -> plan.halted(List.of(refused)))
                .orElse(plan);
    }

    /** Whether the deletion may go on. */
    boolean released(WeaviateCluster cluster, WeaviateClusterSpec spec) {
        return reclaim.done(cluster, spec);
    }
}
