package dev.heddle.core.status;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * Pods of an old revision that cannot come up. The StatefulSet controller waits for each replaced pod to be ready,
 * and a Weaviate voter is not ready without the others: after a wrong image was corrected, nothing would ever move.
 */
public final class StuckPods {
    private StuckPods() {}

    /** Those to delete: not ready, in trouble, and not of the newest revision; a pod that serves is never among them. */
    public static List<Pod> of(LiveCluster live) {
        var newest = live.statefulSet()
                .map(set -> set.getStatus())
                .map(status -> status.getUpdateRevision())
                .orElse(null);
        if (newest == null) {
            return List.of();
        }
        return live.pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !newest.equals(pod.getMetadata().getLabels().get("controller-revision-hash")))
                .filter(pod -> !PodTrouble.ready(pod)
                        && !running(pod)
                        && PodTrouble.of(pod).isPresent())
                .toList();
    }

    /** A container that runs may be about to serve, however often it ended before. */
    private static boolean running(Pod pod) {
        return Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream()
                .anyMatch(container ->
                        container.getState() != null && container.getState().getRunning() != null);
    }
}
