package dev.heddle.core.backup;

import java.util.List;
import java.util.Set;

/**
 * What a backup turns out to be.
 *
 * @param problems in words; empty where the backup is complete
 * @param bytes in the bucket
 * @param preCompressionBytes 0 where the server does not say
 * @param objects number of objects in the bucket that belong to it
 * @param serverVersion may be empty
 * @param tenantsLeftOut tenants that no node put into it, because they were inactive
 */
public record BackupProof(
        List<String> problems,
        long bytes,
        long preCompressionBytes,
        long objects,
        Set<String> collections,
        Set<String> nodes,
        String serverVersion,
        long tenantsLeftOut) {

    public BackupProof {
        problems = List.copyOf(problems);
        collections = Set.copyOf(collections);
        nodes = Set.copyOf(nodes);
    }

    /** Compares what the descriptors tell with what is there; reads no chunk. */
    public static BackupProof check(BackupContents contents) {
        return BackupInspection.of(contents);
    }

    public boolean proven() {
        return problems.isEmpty();
    }
}
