package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.storage.Disks;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that was read before deciding.
 *
 * @param spec the spec with valuesFrom merged in; what stands in the resource when that failed
 * @param findings problems met while reading: a missing ConfigMap, a value that does not fit
 * @param gpus GPU nodes; empty when no module asks for one or the operator may not read nodes
 * @param disks how full the volumes are; read only where something depends on it
 * @param kinds optional kinds that the API server knows, as group/version/kind
 */
public record ClusterObservation(
        WeaviateClusterSpec spec,
        List<Finding> findings,
        References references,
        Credentials credentials,
        LiveCluster live,
        Optional<GpuInventory> gpus,
        Set<String> kinds,
        WeaviateReport weaviate,
        Disks disks) {}
