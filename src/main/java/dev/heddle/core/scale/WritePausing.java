package dev.heddle.core.scale;

import java.util.Optional;

/**
 * How it stands with pausing writes, without which a shard that has a single replica cannot move: what is written to
 * it while it moves is acknowledged and lost (weaviate-live §C).
 *
 * @param forbidden why it is not permitted and what to do, as a sentence; empty where it is
 * @param on every node refuses writes
 * @param spent it took longer than the spec permits, now or in the last attempt with the same spec
 */
public record WritePausing(Optional<String> forbidden, boolean on, boolean spent) {
    /** What a user can do who did not permit it. */
    public static final String ALLOW = "Set spec.scaleIn.writePause to Allowed to pause writes for a minute or two.";

    boolean possible() {
        return forbidden.isEmpty() && !spent;
    }

    /** Whether writes have to stay paused whatever comes next: a shard moves, or nobody knows. */
    public static boolean holds(ShardReport shards) {
        return !(shards instanceof ShardReport.Known known)
                || !known.layout().singlesGoing().isEmpty();
    }
}
