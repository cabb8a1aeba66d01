package dev.heddle.core.status;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Pods that the StatefulSet controller has forgotten. When a StatefulSet is deleted and made again, the pods of the
 * old one still hold the names; the controller fails to make them and waits longer after each attempt, and the end of
 * a pod that it does not own does not wake it.
 */
public final class MissingPods {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private MissingPods() {}

    /** Among hundreds of new ones the controller may simply not have come to it. */
    private static boolean observed(StatefulSet set) {
        return set.getStatus() != null
                && Objects.equals(
                        set.getStatus().getObservedGeneration(),
                        set.getMetadata().getGeneration());
    }

    /** Whether pods are missing although nothing explains it any more. */
    public static boolean forgotten(LiveCluster live, Instant now) {
        var set = live.statefulSet();
        boolean old = set.filter(child -> child.getMetadata().getCreationTimestamp() != null)
                .map(child -> Instant.parse(child.getMetadata().getCreationTimestamp()))
                .filter(made -> made.plus(PATIENCE).isBefore(now))
                .isPresent();
        return old
                && observed(set.get())
                && live.pods().size() < set.get().getSpec().getReplicas()
                && live.pods().stream().allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }
}
