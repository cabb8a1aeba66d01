package dev.heddle.bucket;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * Weaviate's backups in a bucket. Every call ends within minutes, whatever the server does, and blocks that long.
 * Ids are Weaviate's: {@code [a-z0-9_-]+}; others are an IllegalArgumentException.
 */
public interface BackupStore {
    /** Ids of what lies below the prefix and has a backup_config.json, in the order of the alphabet. */
    List<String> ids(BucketLocation where) throws BucketException;

    /** What lies there under this id; empty where no backup_config.json does. */
    Optional<BackupContents> read(BucketLocation where, String id) throws BucketException;

    /**
     * restore_config.json, in which Weaviate writes down the last restore of a backup, into whichever cluster; empty where
     * there was none.
     */
    Optional<BackupDescriptor> restoration(BucketLocation where, String id) throws BucketException;

    /**
     * Everything below the id, unfinished multipart uploads too; without effect where there is nothing. What is
     * deleted stays deleted where the call fails half-way, so it can be repeated.
     */
    void delete(BucketLocation where, String id) throws BucketException;
}
