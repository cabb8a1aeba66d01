package dev.heddle.core.scale;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scale-in depends on, as it is now.
 *
 * @param unsupported why this version of Weaviate cannot move replicas; empty where it can
 * @param nodes names of the nodes that there are, by ordinal
 * @param target number of nodes asked for, below that of {@code nodes}
 * @param voters size of the Raft voter set: the first nodes
 * @param maxMoves replicas that may be on their way at once
 * @param unsettled why the nodes that stay must not be given more to do; empty where they serve
 * @param shards what Weaviate says of its shards
 * @param held number of shards that each node itself lists; a node that does not answer is absent
 * @param pausing how it stands with pausing writes
 * @param marked whether the claim of the last node is marked as empty
 */
public record ScaleIn(
        Optional<String> unsupported,
        List<String> nodes,
        int target,
        int voters,
        int maxMoves,
        Optional<String> unsettled,
        ShardReport shards,
        Map<String, Long> held,
        WritePausing pausing,
        boolean marked) {

    /** StatefulSets give up their highest ordinal. */
    String leaving() {
        return nodes.getLast();
    }

    List<String> staying() {
        return nodes.subList(0, target);
    }

    boolean stays(String node) {
        return staying().contains(node);
    }
}
