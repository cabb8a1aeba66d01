package dev.heddle.core.cluster;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What cloudProvider comes to.
 *
 * @param required node labels that pods need
 * @param preferred node labels that pods like
 * @param serviceAccountAnnotations workload identity
 * @param podLabels workload identity, where the cloud wants a label
 */
public record CloudPlan(
        List<NodeSelectorRequirement> required,
        List<NodeSelectorRequirement> preferred,
        Map<String, String> serviceAccountAnnotations,
        Map<String, String> podLabels,
        Optional<StoragePlan.MadeClass> storageClass) {

    public static CloudPlan none() {
        return new CloudPlan(List.of(), List.of(), Map.of(), Map.of(), Optional.empty());
    }
}
