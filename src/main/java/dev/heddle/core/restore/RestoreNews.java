package dev.heddle.core.restore;

import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Objects;
import java.util.Optional;

/** What a turn is worth telling: begun, tried again, done, failed, stuck; not that it waits or goes on. */
public final class RestoreNews {
    private RestoreNews() {}

    /** @param restore as it was @param after its new status */
    public static Optional<Announcement> of(Restore restore, RestoreStep step, RestoreStatus after) {
        var message = ready(after).map(Condition::getMessage).orElse("");
        return switch (step) {
            case RestoreStep.Accept _ -> news(false, "RestoreStarted", message);
            case RestoreStep.Finish _ -> news(false, "RestoreSucceeded", message);
            case RestoreStep.Retry retry -> news(true, retry.reason(), message);
            case RestoreStep.Fail fail -> news(true, fail.reason(), fail.message());
            case RestoreStep.Wait wait
            when wait.mood() == Mood.STUCK && !"Suspended".equals(wait.reason()) ->
                Objects.equals(reason(restore), Optional.of(wait.reason()))
                        ? Optional.empty()
                        : news(true, wait.reason(), wait.message());
            default -> Optional.empty();
        };
    }

    private static Optional<String> reason(Restore restore) {
        return Optional.ofNullable(restore.getStatus())
                .flatMap(RestoreNews::ready)
                .map(Condition::getReason);
    }

    private static Optional<Condition> ready(RestoreStatus status) {
        return Optional.ofNullable(status.conditions()).flatMap(all -> Conditions.find(all, "Ready"));
    }

    private static Optional<Announcement> news(boolean warning, String reason, String message) {
        return Optional.of(new Announcement(warning, reason, message));
    }
}
