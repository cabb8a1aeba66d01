package dev.heddle.core.scale;

import java.util.OptionalInt;

/** The number of nodes that the operator keeps. */
public final class ReplicaPolicy {
    private ReplicaPolicy() {}

    /**
     * Growing is taken as it is. Shrinking is not: the nodes stay until they are drained, because Weaviate reports a
     * healthy cluster afterwards although objects are gone (weaviate-live §E).
     *
     * @param desired nodes asked for
     * @param live nodes of the StatefulSet, or of the volumes that a former one left; empty for a new cluster
     */
    public static int decide(int desired, OptionalInt live) {
        return Math.max(desired, live.orElse(0));
    }
}
