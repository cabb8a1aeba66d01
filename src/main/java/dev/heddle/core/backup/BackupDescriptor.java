package dev.heddle.core.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * backup_config.json: written when a backup begins, with status STARTED, and again when it ends.
 *
 * @param error in Weaviate's words; empty without one
 * @param completedAt empty while it runs
 * @param serverVersion may be empty
 * @param compression gzip, zstd or none
 * @param base id of the backup that this one builds upon
 * @param preCompressionBytes 0 where the server does not say
 */
public record BackupDescriptor(
        String id,
        String status,
        String error,
        Instant startedAt,
        Optional<Instant> completedAt,
        Map<String, Participant> nodes,
        String serverVersion,
        String compression,
        Optional<String> base,
        long preCompressionBytes) {

    public BackupDescriptor {
        nodes = Map.copyOf(nodes);
    }

    /**
     * What the coordinator says of a node.
     *
     * @param status empty where the server does not say
     */
    public record Participant(List<String> collections, String status, String error) {

        public Participant {
            collections = List.copyOf(collections);
        }
    }
}
