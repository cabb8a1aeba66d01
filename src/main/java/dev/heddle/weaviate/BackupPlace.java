package dev.heddle.weaviate;

import java.util.Optional;

/**
 * One backup.
 *
 * @param backend such as s3
 * @param other empty: in the bucket that the server is configured for
 */
public record BackupPlace(String backend, String id, Optional<Other> other) {

    /** Another bucket of the same server. @param path prefix in place of the configured one */
    public record Other(String bucket, String path) {}
}
