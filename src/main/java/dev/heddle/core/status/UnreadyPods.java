package dev.heddle.core.status;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How far pods are that are not ready, where nothing keeps them from it that Kubernetes would tell. */
public final class UnreadyPods {
    /** Names in each group. */
    private static final int MENTIONED = 3;

    private UnreadyPods() {}

    /**
     * Sentences; no times and no counts of restarts in them, so that they change only with the pods.
     *
     * @param nodes names of all that there are to be
     */
    public static String words(List<String> nodes, List<Pod> pods) {
        var there = pods.stream()
                .collect(
                        Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity(), (one, other) -> one));
        return nodes.stream()
                .filter(node -> !Optional.ofNullable(there.get(node))
                        .map(PodTrouble::ready)
                        .orElse(false))
                .collect(Collectors.groupingBy(
                        node -> state(Optional.ofNullable(there.get(node))), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(group -> "%s: %s.".formatted(group.getKey(), mention(group.getValue())))
                .collect(Collectors.joining(" "));
    }

    private static String state(Optional<Pod> pod) {
        if (pod.isEmpty()) {
            return "Not there yet";
        }
        if (pod.get().getMetadata().getDeletionTimestamp() != null) {
            return "Ending";
        }
        if (unscheduled(pod.get())) {
            return "Waiting for a volume";
        }
        return running(pod.get()) ? "Running, but the readiness probe does not succeed yet" : "Starting";
    }

    /** For another reason it would be in trouble. */
    private static boolean unscheduled(Pod pod) {
        return Optional.ofNullable(pod.getStatus()).map(status -> status.getConditions()).orElse(List.of()).stream()
                .anyMatch(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()));
    }

    private static boolean running(Pod pod) {
        return Optional.ofNullable(pod.getStatus())
                .map(status -> status.getContainerStatuses())
                .orElse(List.of())
                .stream()
                .map(ContainerStatus::getState)
                .anyMatch(state -> state != null && state.getRunning() != null);
    }

    private static String mention(List<String> names) {
        int more = names.size() - MENTIONED;
        return String.join(", ", names.subList(0, Math.min(MENTIONED, names.size())))
                + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
