package dev.heddle.core.status;

import dev.heddle.core.common.Times;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps a pod from serving, in the words of kubelet and scheduler.
 *
 * @param reason CamelCase, as Kubernetes gives it
 */
public record PodTrouble(String reason, String message) {

    private static final Set<String> PULL_REASONS = Set.of("ErrImagePull", "ImagePullBackOff");
    private static final Set<String> STARTING = Set.of("ContainerCreating", "PodInitializing");
    /** A container that runs again after one crash gets the benefit of the doubt. */
    private static final int RESTARTS_OF_A_LOOP = 3;

    /** The first trouble among the pods, else that of the events, which is all there is while pods cannot be made. */
    public static Optional<PodTrouble> first(List<Pod> pods, List<Event> warnings) {
        var storage = warnings.stream().filter(event -> "PersistentVolumeClaim"
                .equals(event.getInvolvedObject().getKind()));
        return pods.stream()
                .flatMap(pod -> of(pod).stream())
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

    public static Optional<PodTrouble> of(Pod pod) {
        var status = pod.getStatus();
        if (status == null || pod.getMetadata().getDeletionTimestamp() != null) {
            return Optional.empty();
        }
        var unschedulable = Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .filter(condition -> !claimOnItsWay(condition.getMessage()))
                .findFirst()
                .map(condition -> new PodTrouble("Unschedulable", named(pod, condition.getMessage())));
        return unschedulable.or(() -> Stream.concat(
                        Optional.ofNullable(status.getInitContainerStatuses()).orElse(List.of()).stream(),
                        Optional.ofNullable(status.getContainerStatuses()).orElse(List.of()).stream())
                .flatMap(container -> of(pod, container).stream())
                .findFirst());
    }

    /**
     * The StatefulSet controller makes pod and claim at the same moment, and binding takes its time; the scheduler is
     * faster. A claim that really cannot be bound has a warning of its own.
     */
    private static boolean claimOnItsWay(String message) {
        return message != null
                && message.matches(
                        "(?s).*(persistentvolumeclaim \".*\" not found|unbound immediate PersistentVolumeClaims).*");
    }

    private static Optional<PodTrouble> of(Pod pod, ContainerStatus container) {
        var state = container.getState();
        if (state == null || Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        var waiting = Optional.ofNullable(state.getWaiting())
                .map(ContainerStateWaiting::getReason)
                .orElse("");
        if (PULL_REASONS.contains(waiting)) {
            return Optional.of(new PodTrouble(
                    "ImagePullBackOff",
                    named(
                            pod,
                            "image %s cannot be pulled: %s"
                                    .formatted(
                                            container.getImage(),
                                            pullError(state.getWaiting().getMessage())))));
        }
        var end = Stream.of(state, container.getLastState())
                .filter(candidate -> candidate != null && candidate.getTerminated() != null)
                .findFirst()
                .map(ContainerState::getTerminated);
        boolean again = state.getRunning() == null || container.getRestartCount() >= RESTARTS_OF_A_LOOP;
        if (end.isPresent() && again) {
            return Optional.of(new PodTrouble(
                    "CrashLoopBackOff",
                    named(
                            pod,
                            "container %s ends again and again, last with exit code %d%s; see kubectl logs --previous"
                                    .formatted(container.getName(), end.get().getExitCode(), detail(end.get())))));
        }
        boolean starting = waiting.isEmpty() || STARTING.contains(waiting);
        return starting
                ? Optional.empty()
                : Optional.of(new PodTrouble(
                        waiting,
                        named(pod, Objects.requireNonNullElse(state.getWaiting().getMessage(), waiting))));
    }

    /** Kubelet alternates between two reasons, with the cause in both; one text for both keeps the condition still. */
    private static String pullError(String message) {
        var text = Objects.requireNonNullElse(message, "no reason given");
        var cause = text.lastIndexOf("ErrImagePull: ");
        return cause < 0 ? text : text.substring(cause + "ErrImagePull: ".length());
    }

    private static String detail(ContainerStateTerminated end) {
        return end.getReason() == null || "Error".equals(end.getReason()) ? "" : " (" + end.getReason() + ")";
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

    /** Empty while it is not ready. Kubelet always tells the time; whoever does not is taken to have been for long. */
    public static Optional<Instant> readySince(Pod pod) {
        if (!ready(pod)) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .findFirst()
                .map(condition -> Times.parse(condition.getLastTransitionTime()));
    }
}
