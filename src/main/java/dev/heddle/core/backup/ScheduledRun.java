package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupSpec;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** The Backup that a run is. It has no owner: backups outlive their schedule. */
final class ScheduledRun {
    private ScheduledRun() {}

    static Backup of(ScheduledBackup schedule, String name) {
        var spec = schedule.getSpec();
        var backup = new Backup();
        backup.setMetadata(new ObjectMetaBuilder()
                .withNamespace(schedule.getMetadata().getNamespace())
                .withName(name)
                .addToLabels(Labels.SCHEDULE, schedule.getMetadata().getName())
                .addToAnnotations(Labels.SCHEDULE_UID, schedule.getMetadata().getUid())
                .build());
        backup.setSpec(new OnDemandBackupSpec(
                spec.clusterRef(),
                spec.include(),
                spec.exclude(),
                spec.compression(),
                spec.cpuPercentage(),
                spec.storage(),
                spec.timeout(),
                ReclaimPolicy.RETAIN,
                null));
        return backup;
    }
}
