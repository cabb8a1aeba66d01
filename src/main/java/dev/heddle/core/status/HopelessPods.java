package dev.heddle.core.status;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pods that will not come up by themselves, so that nobody has to wait for a time limit to know it. */
public final class HopelessPods {
    /** A registry may be away for a moment, and a Secret may be late. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Weaviate ends by itself while its peers are not there yet. */
    private static final int CRASHES = 3;

    private static final Set<String> REASONS = Set.of(
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private HopelessPods() {}

    /** Why the first of these is one. */
    public static Optional<String> first(List<Pod> pods, Instant now) {
        return pods.stream()
                .filter(pod -> !PodTrouble.ready(pod) && old(pod, now))
                .flatMap(pod -> PodTrouble.of(pod).stream()
                        .filter(trouble -> REASONS.contains(trouble.reason())
                                || trouble.reason().equals("CrashLoopBackOff") && crashes(pod) >= CRASHES))
                .map(PodTrouble::message)
                .findFirst();
    }

    private static boolean old(Pod pod, Instant now) {
        try {
            return pod.getStatus() != null
                    && pod.getStatus().getStartTime() != null
                    && Instant.parse(pod.getStatus().getStartTime())
                            .plus(PATIENCE)
                            .isBefore(now);
        } catch (DateTimeException unreadable) {
            return false;
        }
    }

    private static int crashes(Pod pod) {
        return Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream()
                .mapToInt(ContainerStatus::getRestartCount)
                .max()
                .orElse(0);
    }
}
