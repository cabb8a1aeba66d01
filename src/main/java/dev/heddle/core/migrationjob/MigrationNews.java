package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;
import java.util.Set;

/** What is worth an event: that it begins, stops, ends, waits for a person or cannot run; not that it goes on. */
public final class MigrationNews {
    private static final Set<String> ORDINARY =
            Set.of("MigrationRunning", "VerifyingMigration", "StoppingJob", "ClusterNotReady");

    private MigrationNews() {}

    /** @param before null where there was none */
    public static Optional<Announcement> between(MigrationStatus before, MigrationStatus after, MigrationStep step) {
        var ready = ready(after);
        var message = ready.map(Condition::getMessage).orElse("");
        var reason = ready.map(Condition::getReason).orElse("");
        if (step instanceof MigrationStep.Begin) {
            return news(
                    false,
                    Optional.ofNullable(before).map(MigrationStatus::startedAt).isPresent()
                            ? "MigrationResumed"
                            : "MigrationStarted",
                    message);
        }
        var former = Optional.ofNullable(before).flatMap(MigrationNews::ready).map(Condition::getReason);
        if (former.filter(reason::equals).isPresent() || ORDINARY.contains(reason)) {
            return Optional.empty();
        }
        return switch (step) {
            case MigrationStep.Finish _ -> news(false, reason, message);
            case MigrationStep.Fail _ -> news(true, reason, message);
            case MigrationStep.Stop stop -> news(false, stop.reason(), stop.message());
            case MigrationStep.Go _ -> news(true, reason, message);
            case MigrationStep.Wait wait -> news(wait.stuck() && !"Suspended".equals(reason), reason, message);
            default -> Optional.empty();
        };
    }

    private static Optional<Condition> ready(MigrationStatus status) {
        return Optional.ofNullable(status.conditions()).flatMap(all -> Conditions.find(all, "Ready"));
    }

    private static Optional<Announcement> news(boolean warning, String reason, String message) {
        return Optional.of(new Announcement(warning, reason, message));
    }
}
