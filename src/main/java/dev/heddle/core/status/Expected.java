package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.ServiceMeshSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.RaftVoters;
import dev.heddle.core.common.Names;
import dev.heddle.core.upgrade.Revisions;
import java.util.Optional;

/**
 * What a cluster is measured against, to tell whether it serves.
 *
 * @param voters size of the Raft voter set: the first nodes
 * @param meshed whether only members of a mesh reach the pods
 */
record Expected(Names names, int replicas, int voters, String version, boolean meshed) {

    static Expected of(ClusterPlan plan) {
        return new Expected(plan.names(), plan.replicas(), plan.voters(), plan.version(), meshed(plan.spec()));
    }

    /** As it was last carried out, whatever the spec says now; empty where there is nothing that could serve. */
    static Optional<Expected> of(WeaviateCluster cluster, ClusterObservation seen) {
        var status = Optional.ofNullable(cluster.getStatus());
        return seen.live().statefulSet().map(set -> {
            int replicas = set.getSpec().getReplicas();
            return new Expected(
                    new Names(
                            cluster.getMetadata().getNamespace(),
                            cluster.getMetadata().getName()),
                    replicas,
                    RaftVoters.decide(replicas, RaftVoters.frozen(seen.live(), status)),
                    status.map(WeaviateClusterStatus::version)
                            .or(() -> Revisions.version(set))
                            .orElse(""),
                    meshed(seen.spec()));
        });
    }

    private static boolean meshed(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.serviceMesh())
                .map(ServiceMeshSpec::mTLS)
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }
}
