package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.core.replica.Volumes;
import dev.heddle.core.storage.Resize;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of the database.
 *
 * @param size in the claim template: canonical, so that the API server stores it as it is written
 * @param storageClass empty for the default class of the Kubernetes cluster
 * @param made a storage class that the operator makes because the cloud settings ask for it
 * @param resize the way to the size that is wanted
 * @param volumes those that hold the data
 * @param recovering shards that a full disk made read-only, on nodes that have room again
 */
public record StoragePlan(
        String size,
        Optional<String> storageClass,
        List<String> accessModes,
        Optional<MadeClass> made,
        Resize resize,
        Volumes volumes,
        List<WeaviateReport.Shard> recovering) {

    StoragePlan with(Volumes known) {
        return new StoragePlan(size, storageClass, accessModes, made, resize, known, recovering);
    }

    Optional<Operation> operation() {
        return resize.progress().map(progress -> new Operation(ClusterPhase.RESIZING, "GrowingVolumes", progress));
    }

    /** A storage class shared by all clusters with the same parameters; named after them, and never deleted. */
    public record MadeClass(String name, String provisioner, Map<String, String> parameters) {}
}
