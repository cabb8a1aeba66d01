package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.common.Names;
import java.util.Objects;
import java.util.Optional;

/** Whether a schedule fits its cluster. Whether the cluster is fit for a backup is for each Backup to see. */
public final class ScheduleGate {
    private ScheduleGate() {}

    /** @param cluster of the name in its spec, in its own namespace */
    public static Optional<Obstacle> of(ScheduledBackup schedule, Optional<WeaviateCluster> cluster) {
        var reference = schedule.getSpec().clusterRef();
        var namespace = schedule.getMetadata().getNamespace();
        return BackupGate.elsewhere("Backup", reference, namespace)
                .or(() -> cluster.isEmpty() ? Optional.of(BackupGate.missing(reference, namespace)) : Optional.empty())
                .or(() -> cluster.flatMap(BackupGate::adopted))
                .or(() -> cluster.flatMap(there -> identity(schedule, there)));
    }

    /** Weaviate's own pods write, so no other identity than theirs can. */
    private static Optional<Obstacle> identity(ScheduledBackup schedule, WeaviateCluster cluster) {
        var names = new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var actual = Objects.requireNonNullElse(cluster.getSpec().serviceAccountName(), names.serviceAccount());
        return Optional.ofNullable(schedule.getSpec().serviceAccountName())
                .filter(wanted -> !wanted.equals(actual))
                .map(wanted -> new Obstacle(
                        "ServiceAccountDiffers",
                        "spec.serviceAccountName is %s, and the pods of WeaviateCluster %s, which write the backup, run as %s: set spec.serviceAccountName of the cluster to %s, or take it away here."
                                .formatted(wanted, names.cluster(), actual, wanted),
                        true));
    }
}
