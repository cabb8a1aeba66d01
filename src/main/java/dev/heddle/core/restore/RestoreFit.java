package dev.heddle.core.restore;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a backup goes into a cluster.
 *
 * @param collections how many are restored
 * @param mapping the node of the cluster for each node of the backup, also where the names are the same
 * @param bytes of the backup in the bucket
 * @param serverVersion that wrote it; may be empty
 * @param former when an earlier restore of the backup began, whose outcome Weaviate tells until the next one begins
 */
public record RestoreFit(
        int collections, Map<String, String> mapping, long bytes, String serverVersion, Optional<Instant> former) {

    public RestoreFit {
        mapping = Map.copyOf(mapping);
    }

    RestoreFit after(Optional<Instant> other) {
        return new RestoreFit(collections, mapping, bytes, serverVersion, other);
    }
}
