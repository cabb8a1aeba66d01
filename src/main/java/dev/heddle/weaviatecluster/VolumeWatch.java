package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import jakarta.enterprise.context.ApplicationScoped;

/** Volumes that were lost: made again, filled again, or told. */
@ApplicationScoped
public class VolumeWatch {
    private final LostClaims lost;
    private final ReplacedVolumes replaced;

    VolumeWatch(LostClaims lost, ReplacedVolumes replaced) {
        this.lost = lost;
        this.replaced = replaced;
    }

    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        return replaced.of(cluster, lost.of(cluster, plan, seen), seen);
    }
}
