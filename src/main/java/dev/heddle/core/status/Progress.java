package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/** Tells mere progress (one more pod is ready) from news. */
public final class Progress {
    private Progress() {}

    /** Whether the two differ in counts and words only, and neither serves. */
    public static boolean only(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        return before != null
                && Objects.equals(before.observedGeneration(), after.observedGeneration())
                && before.phase() == after.phase()
                && Objects.equals(before.version(), after.version())
                && Objects.equals(before.upgrade(), after.upgrade())
                && Objects.equals(before.replicas(), after.replicas())
                && outline(before).equals(outline(after))
                && !outline(after).contains("Ready=True");
    }

    private static List<String> outline(WeaviateClusterStatus status) {
        return Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus())
                .toList();
    }
}
