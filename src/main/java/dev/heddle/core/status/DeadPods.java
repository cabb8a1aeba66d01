package dev.heddle.core.status;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that never end, because the machine under them is gone: their kubelet, which has to confirm it, does not live.
 * Kubernetes leaves them to a person; nobody replaces them meanwhile.
 */
public final class DeadPods {
    /** Kubernetes begins to evict then; a kubelet that only restarts is back long before. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private DeadPods() {}

    /** Those that are to end and may be dead; worth a look at their machines. */
    public static List<Pod> suspects(LiveCluster live) {
        return live.pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null
                        && pod.getSpec() != null
                        && pod.getSpec().getNodeName() != null)
                .toList();
    }

    /**
     * Whether a pod may be removed without its kubelet: that has not reported for five minutes, and nobody hears of
     * the Weaviate in the pod any more. So a second process of the same name never meets the first one; the volume
     * can be attached to one machine at a time.
     *
     * @param node the machine; empty where it is not known, for then it may live
     * @param heard Weaviate's nodes as a living one sees them; empty where none can be asked
     */
    public static boolean gone(Pod pod, Optional<Node> node, Set<String> heard, LiveCluster live, Instant now) {
        var claim = live.claims().stream()
                .filter(candidate -> candidate
                        .getMetadata()
                        .getName()
                        .endsWith("-" + pod.getMetadata().getName()))
                .findFirst();
        boolean exclusive = claim.map(found -> found.getSpec().getAccessModes())
                .filter(modes -> List.of("ReadWriteOnce", "ReadWriteOncePod").containsAll(modes))
                .isPresent();
        return exclusive
                && !heard.isEmpty()
                && !heard.contains(pod.getMetadata().getName())
                && node.flatMap(DeadPods::silentSince)
                        .filter(since -> since.plus(PATIENCE).isBefore(now))
                        .isPresent();
    }

    /** Unknown is said of a kubelet that does not report; one that reports trouble still ends its pods itself. */
    private static Optional<Instant> silentSince(Node node) {
        return Optional.ofNullable(node.getStatus()).map(status -> status.getConditions()).orElse(List.of()).stream()
                .filter(condition -> "Ready".equals(condition.getType()) && "Unknown".equals(condition.getStatus()))
                .map(NodeCondition::getLastTransitionTime)
                .map(Instant::parse)
                .findFirst();
    }
}
