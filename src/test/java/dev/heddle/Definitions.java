package dev.heddle;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.List;
import java.util.Optional;

/** Definitions of custom resources on a real API server. */
public final class Definitions {
    private Definitions() {}

    /** Whether its resources are served; the first looks at a new one may find no status, or no conditions in it. */
    public static boolean established(CustomResourceDefinition definition) {
        return Optional.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .map(status -> status.getConditions())
                .orElse(List.of())
                .stream()
                .anyMatch(
                        condition -> "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
