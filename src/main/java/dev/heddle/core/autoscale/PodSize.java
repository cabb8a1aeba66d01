package dev.heddle.core.autoscale;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The size that kubelet has given to a pod, which its own spec only asks for. */
public final class PodSize {
    private PodSize() {}

    /** Whether the pod has these requests and limits, or more; false also where kubelet does not tell yet. */
    public static boolean holds(Pod pod, ResourceRequirements size) {
        return container(pod)
                .map(ContainerStatus::getResources)
                .filter(has ->
                        covers(has.getRequests(), size.getRequests()) && covers(has.getLimits(), size.getLimits()))
                .isPresent();
    }

    private static boolean covers(Map<String, Quantity> has, Map<String, Quantity> asked) {
        return asked.entrySet().stream().allMatch(entry -> Optional.ofNullable(has)
                .map(all -> all.get(entry.getKey()))
                .filter(amount ->
                        amount.getNumericalAmount().compareTo(entry.getValue().getNumericalAmount()) >= 0)
                .isPresent());
    }

    /** What keeps the pod from growing, in kubelet's words; empty where nothing does. */
    public static Optional<String> pending(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getConditions).orElse(List.of()).stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .filter(condition -> "PodResizePending".equals(condition.getType())
                        || "PodResizeInProgress".equals(condition.getType()) && "Error".equals(condition.getReason()))
                .findFirst()
                .map(condition -> "%s cannot grow in place (%s): %s"
                        .formatted(pod.getMetadata().getName(), condition.getReason(), words(condition)));
    }

    private static String words(PodCondition condition) {
        var text = Objects.requireNonNullElse(condition.getMessage(), "no reason given");
        return "Infeasible".equals(condition.getReason())
                ? text + ". Lower spec.autoScaling.vertical.maxAllowed, or use larger nodes."
                : text + ".";
    }

    private static Optional<ContainerStatus> container(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(PodStatus::getContainerStatuses).orElse(List.of()).stream()
                .filter(container -> "weaviate".equals(container.getName()))
                .findFirst();
    }
}
