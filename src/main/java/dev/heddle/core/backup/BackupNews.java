package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Objects;
import java.util.Optional;

/** What a turn is worth telling: begun, tried again, done, failed, stuck; not that it waits or goes on. */
public final class BackupNews {
    private BackupNews() {}

    /** @param backup as it was @param after its new status */
    public static Optional<Announcement> of(Backup backup, BackupStep step, OnDemandBackupStatus after) {
        var message = ready(after).map(Condition::getMessage).orElse("");
        return switch (step) {
            case BackupStep.Accept _ -> news(false, "BackupStarted", message);
            case BackupStep.Finish _ -> news(false, "BackupSucceeded", message);
            case BackupStep.Retry retry -> news(true, retry.reason(), message);
            case BackupStep.Fail fail -> news(true, fail.reason(), fail.message());
            case BackupStep.Wait wait
            when wait.mood() == Mood.STUCK && !"Suspended".equals(wait.reason()) ->
                Objects.equals(reason(backup), Optional.of(wait.reason()))
                        ? Optional.empty()
                        : news(true, wait.reason(), wait.message());
            default -> Optional.empty();
        };
    }

    private static Optional<String> reason(Backup backup) {
        return Optional.ofNullable(backup.getStatus())
                .flatMap(BackupNews::ready)
                .map(Condition::getReason);
    }

    private static Optional<Condition> ready(OnDemandBackupStatus status) {
        return Optional.ofNullable(status.conditions()).flatMap(all -> Conditions.find(all, "Ready"));
    }

    private static Optional<Announcement> news(boolean warning, String reason, String message) {
        return Optional.of(new Announcement(warning, reason, message));
    }
}
