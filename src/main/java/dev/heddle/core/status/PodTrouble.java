package dev.heddle.core.status;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What keeps a pod from serving, in the words of kubelet and scheduler.
 *
 * @param reason CamelCase, as Kubernetes gives it
 */
public record PodTrouble(String reason, String message) {

    /** The first trouble among the pods, else that of the events, which is all there is while pods cannot be made. */
    public static Optional<PodTrouble> first(List<Pod> pods, List<Event> warnings) {
        var storage = warnings.stream().filter(event -> "PersistentVolumeClaim"
                .equals(event.getInvolvedObject().getKind()));
        return Stream.of(pods.stream().flatMap(pod -> of(pod).stream()), Stream.<PodTrouble>empty())
                .flatMap(troubles -> troubles)
                .findFirst()
                .map(trouble -> trouble.reason().equals("Unschedulable")
                        ? latest(storage).orElse(trouble)
                        : trouble)
                .or(() -> latest(warnings.stream()));
    }

    private static Optional<PodTrouble> latest(Stream<Event> events) {
        return events.max(Comparator.comparing(PodTrouble::time))
                .map(event -> new PodTrouble(
                        event.getReason(),
                        "%s %s: %s"
                                .formatted(
                                        event.getInvolvedObject().getKind(),
                                        event.getInvolvedObject().getName(),
                                        shortened(event.getMessage()))));
    }

    private static String time(Event event) {
        return Stream.of(event.getLastTimestamp(), event.getMetadata().getCreationTimestamp())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    static Optional<PodTrouble> of(Pod pod) {
        var status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        var unschedulable = Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst()
                .map(condition -> new PodTrouble("Unschedulable", named(pod, condition.getMessage())));
        return unschedulable.or(() -> Stream.concat(
                        Optional.ofNullable(status.getInitContainerStatuses()).orElse(List.of()).stream()
                                .filter(container -> !completed(container)),
                        Optional.ofNullable(status.getContainerStatuses()).orElse(List.of()).stream())
                .flatMap(container -> of(pod, container).stream())
                .findFirst());
    }

    /** As an init container is meant to; a mesh injects some. */
    private static boolean completed(ContainerStatus container) {
        return container.getState() != null
                && container.getState().getTerminated() != null
                && Integer.valueOf(0).equals(container.getState().getTerminated().getExitCode());
    }

    private static Optional<PodTrouble> of(Pod pod, ContainerStatus container) {
        var state = container.getState();
        if (state != null
                && state.getWaiting() != null
                && !List.of("ContainerCreating", "PodInitializing")
                        .contains(Objects.requireNonNullElse(state.getWaiting().getReason(), "ContainerCreating"))) {
            var waiting = state.getWaiting();
            return Optional.of(new PodTrouble(
                    waiting.getReason(),
                    named(
                            pod,
                            Objects.requireNonNullElse(waiting.getMessage(), waiting.getReason())
                                    + lastEnd(container))));
        }
        if (state != null && state.getTerminated() != null) {
            return Optional.of(new PodTrouble(
                    "ContainerEnded", named(pod, "container " + container.getName() + " ended" + lastEnd(container))));
        }
        return Optional.empty();
    }

    private static String lastEnd(ContainerStatus container) {
        return Stream.of(container.getState(), container.getLastState())
                .filter(state -> state != null && state.getTerminated() != null)
                .findFirst()
                .map(state -> state.getTerminated())
                .map(end -> " (exit code %d%s, %d restarts; see kubectl logs --previous)"
                        .formatted(
                                end.getExitCode(),
                                end.getReason() == null || "Error".equals(end.getReason())
                                        ? ""
                                        : ", " + end.getReason(),
                                container.getRestartCount()))
                .orElse("");
    }

    private static String named(Pod pod, String message) {
        return "pod %s: %s".formatted(pod.getMetadata().getName(), shortened(message));
    }

    /** Messages of kubelet can be pages long. */
    private static String shortened(String message) {
        var line = Objects.requireNonNullElse(message, "").strip().replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    /** Whether the pod is ready, by its own condition. */
    public static boolean ready(Pod pod) {
        return pod.getStatus() != null
                && pod.getMetadata().getDeletionTimestamp() == null
                && Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
