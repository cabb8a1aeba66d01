package dev.heddle.core.replica;

import java.time.Instant;
import java.util.List;

/**
 * A node's copy of a shard, by its own word.
 *
 * @param objects those on its disk; what came in the last minute may not be counted yet
 * @param sent what it lately sent to other copies
 */
public record Copy(String node, String collection, String shard, long objects, List<Sent> sent) {

    /**
     * The last round of asynchronous replication to one node in which the two copies differed. Rounds without a
     * difference leave no trace.
     *
     * @param begun when the round began
     * @param objects how many were sent; 0 where the other copy had them all
     */
    public record Sent(String node, Instant begun, long objects) {}

    /** The shard, the same for all its copies. */
    List<String> key() {
        return List.of(collection, shard);
    }
}
