package dev.heddle.core.migrationjob;

import java.util.List;
import java.util.Optional;

/**
 * The operator's own image, which its Jobs run too.
 *
 * @param image empty where nobody told the operator, as outside of Kubernetes
 * @param pullPolicy as in a pod; empty for Kubernetes' default
 * @param pullSecrets names of Secrets, which are looked for in the namespace of the Job
 */
public record JobImage(Optional<String> image, Optional<String> pullPolicy, List<String> pullSecrets) {
    /** Why no Job can be made. */
    Optional<Obstacle> missing() {
        return image.isPresent()
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        "OperatorImageUnknown",
                        "The operator does not know its own image, which the Job is to run: set HEDDLE_OPERATOR_IMAGE in its environment, as the chart does.",
                        false));
    }
}
