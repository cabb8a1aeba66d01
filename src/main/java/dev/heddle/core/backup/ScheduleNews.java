package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackupStatus;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What of a schedule's new status is worth an event: it is stuck, or its last backup failed. */
public final class ScheduleNews {
    private ScheduleNews() {}

    /** @param before null for none */
    public static List<Announcement> between(ScheduledBackupStatus before, ScheduledBackupStatus after) {
        return after.conditions().stream()
                .filter(condition -> bad(condition) && !same(before, condition))
                .map(condition -> new Announcement(true, condition.getReason(), condition.getMessage()))
                .toList();
    }

    private static boolean bad(Condition condition) {
        return switch (condition.getType()) {
            case "Stalled" -> "True".equals(condition.getStatus()) && !"NameTaken".equals(condition.getReason());
            case "Ready" -> "LastBackupFailed".equals(condition.getReason());
            default -> false;
        };
    }

    private static boolean same(ScheduledBackupStatus before, Condition condition) {
        return Optional.ofNullable(before)
                .map(ScheduledBackupStatus::conditions)
                .flatMap(all -> Conditions.find(all, condition.getType()))
                .filter(was -> was.getReason().equals(condition.getReason()))
                .filter(was -> Objects.equals(was.getMessage(), condition.getMessage()))
                .isPresent();
    }
}
