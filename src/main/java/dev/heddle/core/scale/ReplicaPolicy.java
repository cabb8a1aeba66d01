package dev.heddle.core.scale;

import java.util.Optional;
import java.util.OptionalInt;

/** The number of nodes that the operator keeps. */
public final class ReplicaPolicy {
    private ReplicaPolicy() {}

    /**
     * @param replicas nodes to keep, at least 1
     * @param refusal why {@code desired} was not taken; empty when it was
     */
    public record Decision(int replicas, Optional<String> refusal) {}

    /**
     * Growing is taken as it is. Shrinking is refused: nothing moves the shards of a leaving node yet, and Weaviate
     * reports a healthy cluster afterwards although objects are gone (weaviate-live §E).
     *
     * @param desired nodes asked for
     * @param live nodes of the StatefulSet, or of the volumes that a former one left; empty for a new cluster
     */
    public static Decision decide(int desired, OptionalInt live) {
        if (live.isEmpty() || desired >= live.getAsInt()) {
            return new Decision(desired, Optional.empty());
        }
        return new Decision(
                live.getAsInt(),
                Optional.of(
                        "spec.replicas is %d, below the %d nodes that hold data; scale-in is not supported yet, %d nodes are kept. Set spec.replicas back to %d."
                                .formatted(desired, live.getAsInt(), live.getAsInt(), live.getAsInt())));
    }
}
