package dev.heddle.dependent;

import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.Set;

/** Tells a child that the API server refuses for good from trouble that passes. */
public final class RefusedChild {
    /** Bad request, forbidden (quota, escalation), unprocessable. */
    private static final Set<Integer> FINAL = Set.of(400, 403, 422);

    private RefusedChild() {}

    /** @throws RuntimeException the problem itself, when trying again may help */
    public static Finding of(Exception problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refused && FINAL.contains(refused.getCode())) {
                var message = Optional.ofNullable(refused.getStatus())
                        .map(status -> status.getMessage())
                        .orElse("HTTP " + refused.getCode());
                return new Finding(
                        Finding.Topic.SPEC,
                        "ChildRefused",
                        "The API server refuses a child: "
                                + (message.length() > 400 ? message.substring(0, 400) + "…" : message));
            }
        }
        throw problem instanceof RuntimeException passing ? passing : new IllegalStateException(problem);
    }
}
