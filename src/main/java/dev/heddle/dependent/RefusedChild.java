package dev.heddle.dependent;

import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells a child that the API server refuses for good from trouble that passes. */
public final class RefusedChild {
    /** Bad request, forbidden (quota, escalation), unprocessable. */
    private static final Set<Integer> FINAL = Set.of(400, 403, 422);

    private RefusedChild() {}

    /** @throws RuntimeException the problem itself, when trying again may help */
    public static Finding of(Exception problem) {
        return answer(problem)
                .filter(refused -> FINAL.contains(refused.getCode()))
                .map(refused -> finding(refused, Finding.Topic.SPEC, "a child"))
                .orElseThrow(() ->
                        problem instanceof RuntimeException passing ? passing : new IllegalStateException(problem));
    }

    /**
     * Writes a child that the rest does without: any answer of the API server (of an admission webhook that is down,
     * too) becomes a finding, and the next reconcile tries again.
     *
     * @param child as the message names it
     * @throws RuntimeException when nobody answered
     */
    public static Optional<Finding> optional(Finding.Topic topic, String child, Runnable write) {
        try {
            write.run();
            return Optional.empty();
        } catch (KubernetesClientException | OperatorException problem) {
            return Optional.of(answer(problem)
                    .map(refused -> finding(refused, topic, child))
                    .orElseThrow(() -> problem));
        }
    }

    private static Optional<KubernetesClientException> answer(Exception problem) {
        return Stream.iterate((Throwable) problem, Objects::nonNull, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(answered -> answered.getCode() > 0)
                .findFirst();
    }

    private static Finding finding(KubernetesClientException refused, Finding.Topic topic, String child) {
        var message = Optional.ofNullable(refused.getStatus())
                .map(status -> status.getMessage())
                .orElse("HTTP " + refused.getCode());
        return new Finding(
                topic,
                "ChildRefused",
                "The API server refuses %s: %s"
                        .formatted(child, message.length() > 400 ? message.substring(0, 400) + "…" : message));
    }
}
