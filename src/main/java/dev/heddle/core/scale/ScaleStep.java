package dev.heddle.core.scale;

import java.util.List;

/** The one thing to do next on the way to another number of nodes. */
public sealed interface ScaleStep {

    /** Only a person can help. @param reason CamelCase */
    record Refuse(String reason, String words) implements ScaleStep {}

    /** Something has to end first. */
    record Wait(String message) implements ScaleStep {}

    /** Replicas change their nodes. */
    record Moves(List<Move> moves, String message) implements ScaleStep {}

    /**
     * Writes are paused; as soon as they are, shards with a single replica change their nodes.
     *
     * @param moves empty while some node still takes writes, and while enough moves go on
     */
    record Pause(List<Move> moves, String message) implements ScaleStep {}

    /** The claim of an empty node is marked, so that its data is never taken for data of the cluster. */
    record Mark(String node) implements ScaleStep {}

    /** The node is taken out of Raft, and its pod is given up at once: a restart would let it join again. */
    record Leave(String node, int left) implements ScaleStep {}

    /** One replica, from a node to another one. */
    record Move(String collection, String shard, String source, String target) {}
}
