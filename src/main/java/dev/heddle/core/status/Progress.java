package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
                && Objects.equals(before.autoScaling(), after.autoScaling())
                && outline(before).equals(outline(after))
                && !outline(after).contains("Ready=True");
    }

    /** Whether the two give the same reasons, so that what differs are numbers and names of pods. */
    public static boolean sameReasons(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        return reasons(before).equals(reasons(after));
    }

    private static List<String> reasons(WeaviateClusterStatus status) {
        return conditions(status).map(Condition::getReason).toList();
    }

    private static List<String> outline(WeaviateClusterStatus status) {
        return conditions(status)
                .map(condition -> condition.getType() + "=" + condition.getStatus())
                .toList();
    }

    private static Stream<Condition> conditions(WeaviateClusterStatus status) {
        return Stream.ofNullable(status.conditions()).flatMap(List::stream);
    }
}
