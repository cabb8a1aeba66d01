package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import jakarta.enterprise.context.ApplicationScoped;

/** Data that is not where it should be: volumes made again, filled again, or told; replicas without a node. */
@ApplicationScoped
public class VolumeWatch {
    private final LostClaims lost;
    private final ReplacedVolumes replaced;
    private final ReplicaPlaces places;

    VolumeWatch(LostClaims lost, ReplacedVolumes replaced, ReplicaPlaces places) {
        this.lost = lost;
        this.replaced = replaced;
        this.places = places;
    }

    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        return replaced.of(cluster, lost.of(cluster, plan, seen), seen);
    }

    /** Only told: whatever else goes on has looks of its own, and may be what brings the nodes back. */
    ClusterPlan compared(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        return places.of(cluster, plan, seen);
    }

    void forget(WeaviateCluster cluster) {
        places.forget(cluster);
    }
}
