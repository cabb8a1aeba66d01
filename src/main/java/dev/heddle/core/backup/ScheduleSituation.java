package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was read about a schedule.
 *
 * @param cluster of the name in its spec, in its own namespace
 * @param backups that carry its label; may be a little behind
 */
public record ScheduleSituation(
        ScheduledBackup schedule, Optional<WeaviateCluster> cluster, List<Backup> backups, Instant now) {}
