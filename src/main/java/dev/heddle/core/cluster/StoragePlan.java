package dev.heddle.core.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of the database.
 *
 * @param size canonical quantity, so that the API server stores it as it is written
 * @param storageClass empty for the default class of the Kubernetes cluster
 * @param made a storage class that the operator makes because the cloud settings ask for it
 */
public record StoragePlan(
        String size, Optional<String> storageClass, List<String> accessModes, Optional<MadeClass> made) {

    /** A storage class shared by all clusters with the same parameters; named after them, and never deleted. */
    public record MadeClass(String name, String provisioner, Map<String, String> parameters) {}
}
