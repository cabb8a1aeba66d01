package dev.heddle.api.cloud.v1alpha1;

class ScheduledBackupAdmissionIT extends KindAdmission {
    ScheduledBackupAdmissionIT() {
        super(ScheduledBackup.class, "scheduledbackups", "scheduledbackup");
    }
}
