package dev.heddle.core.cluster;

import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The children as the caches show them.
 *
 * @param pods database pods, by ordinal
 * @param claims claims of the database, also those a deleted StatefulSet left
 * @param deployments inference Deployments by module
 * @param modulePods inference pods by module
 * @param warnings recent Warning events of StatefulSet and claims; read only while pods are missing or pending
 */
public record LiveCluster(
        Optional<StatefulSet> statefulSet,
        List<Pod> pods,
        List<PersistentVolumeClaim> claims,
        Map<String, Deployment> deployments,
        Map<String, List<Pod>> modulePods,
        List<Event> warnings) {

    /** In tests, too, nobody is shown what the caches do not keep. */
    public LiveCluster {
        statefulSet = statefulSet.map(Kept::of);
        pods = pods.stream().map(Kept::of).toList();
        claims = claims.stream().map(Kept::of).toList();
        deployments = deployments.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> Kept.of(one.getValue())));
        modulePods = modulePods.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        one -> one.getValue().stream().map(Kept::of).toList()));
    }

    /** Whether the node of this claim was emptied before it left, so that its volume holds nothing of the cluster. */
    public static boolean drained(PersistentVolumeClaim claim) {
        return claim.getMetadata().getAnnotations() != null
                && claim.getMetadata().getAnnotations().containsKey(Labels.DRAINED);
    }

    /** UIDs of the claims by node; those of nodes that were emptied hold nothing, and are left out. */
    public Map<String, String> volumes(Names names) {
        return claims.stream()
                .filter(claim -> !drained(claim) && claim.getMetadata().getUid() != null)
                .collect(Collectors.toMap(claim -> names.node(Names.ordinal(claim)), claim -> claim.getMetadata()
                        .getUid()));
    }

    /** Image of the pod template. */
    public Optional<String> image() {
        return statefulSet().map(set -> set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage());
    }

    public static LiveCluster none() {
        return new LiveCluster(Optional.empty(), List.of(), List.of(), Map.of(), Map.of(), List.of());
    }
}
