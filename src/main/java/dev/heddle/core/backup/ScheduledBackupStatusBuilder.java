package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackupStatus;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.ScheduleReport.Activity;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a status how a schedule and its Backups are. */
public final class ScheduledBackupStatusBuilder {
    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";

    private ScheduledBackupStatusBuilder() {}

    public static ScheduledBackupStatus of(ScheduleBackups backups, ScheduleReport report, Instant now) {
        var schedule = backups.schedule();
        var conditions = new Conditions(known(schedule), schedule.getMetadata().getGeneration(), now);
        ready(conditions, backups, report);
        reconciling(conditions, backups, report);
        report.obstacle()
                .or(report::taken)
                .or(() -> stuck(backups))
                .ifPresentOrElse(
                        why -> conditions.add(STALLED, true, why.reason(), why.message()),
                        () -> conditions.add(STALLED, false, "NotStalled", "It goes on."));
        var active = backups.active().stream()
                .map(ScheduledBackupStatusBuilder::name)
                .toList();
        return new ScheduledBackupStatus(
                schedule.getMetadata().getGeneration(),
                report.scheduled().map(Instant::toString).orElse(null),
                backups.lastGood()
                        .map(ScheduleBackups::ended)
                        .map(Instant::toString)
                        .orElse(null),
                backups.lastGood().map(ScheduledBackupStatusBuilder::name).orElse(null),
                report.missed().map(Instant::toString).orElse(null),
                report.next().map(Instant::toString).orElse(null),
                active.isEmpty() ? null : active,
                report.handled().orElse(null),
                backups.good().size(),
                location(backups),
                conditions.build());
    }

    /** The last attempt to look failed for a reason that may pass; what was known stays. */
    public static ScheduledBackupStatus failing(ScheduledBackup schedule, String words, Instant now) {
        var known = known(schedule);
        var conditions = new Conditions(known, schedule.getMetadata().getGeneration(), now)
                .add(RECONCILING, true, "Retrying", words);
        for (var type : List.of(READY, STALLED)) {
            Conditions.find(known, type)
                    .ifPresentOrElse(
                            was -> conditions.add(type, was.getStatus(), was.getReason(), was.getMessage()),
                            () -> conditions.add(type, false, "Retrying", words));
        }
        var was = Optional.ofNullable(schedule.getStatus());
        return new ScheduledBackupStatus(
                schedule.getMetadata().getGeneration(),
                was.map(ScheduledBackupStatus::lastScheduled).orElse(null),
                was.map(ScheduledBackupStatus::lastSuccessful).orElse(null),
                was.map(ScheduledBackupStatus::lastBackup).orElse(null),
                was.map(ScheduledBackupStatus::lastMissed).orElse(null),
                was.map(ScheduledBackupStatus::nextRun).orElse(null),
                was.map(ScheduledBackupStatus::active).orElse(null),
                was.map(ScheduledBackupStatus::runNow).orElse(null),
                was.map(ScheduledBackupStatus::kept).orElse(null),
                was.map(ScheduledBackupStatus::location).orElse(null),
                conditions.build());
    }

    private static void ready(Conditions conditions, ScheduleBackups backups, ScheduleReport report) {
        if (report.obstacle().isPresent()) {
            conditions.add(
                    READY,
                    false,
                    report.obstacle().get().reason(),
                    report.obstacle().get().message());
            return;
        }
        var last = backups.lastEnded();
        if (last.isEmpty()) {
            conditions.add(READY, true, "NoBackupYet", "No run has ended yet.");
            return;
        }
        var words = condition(last.get(), READY).map(Condition::getMessage).orElse("it does not say how.");
        boolean good = BackupStatusBuilder.progress(last.get()).phase() == BackupPhase.SUCCEEDED;
        conditions.add(
                READY,
                good,
                good ? "LastBackupSucceeded" : "LastBackupFailed",
                "%s: %s".formatted(name(last.get()), words));
    }

    /** A Backup that waits for a person keeps all later runs waiting. */
    private static Optional<Obstacle> stuck(ScheduleBackups backups) {
        return backups.active().stream()
                .flatMap(backup -> condition(backup, STALLED)
                        .filter(stalled -> "True".equals(stalled.getStatus()))
                        .map(stalled -> new Obstacle(
                                "BackupStalled", "%s: %s".formatted(name(backup), stalled.getMessage()), true))
                        .stream())
                .findFirst();
    }

    private static Optional<Condition> condition(Backup backup, String type) {
        return Optional.ofNullable(backup.getStatus())
                .map(OnDemandBackupStatus::conditions)
                .flatMap(all -> Conditions.find(all, type));
    }

    private static void reconciling(Conditions conditions, ScheduleBackups backups, ScheduleReport report) {
        var active = backups.active();
        var going = active.isEmpty()
                ? Optional.<Activity>empty()
                : Optional.of(new Activity(
                        "BackupRunning",
                        active.stream()
                                .map(ScheduledBackupStatusBuilder::name)
                                .collect(Collectors.joining(", ", "Backup ", " goes on."))));
        report.activity()
                .or(() -> going)
                .ifPresentOrElse(
                        what -> conditions.add(RECONCILING, true, what.reason(), what.message()),
                        () -> idle(conditions, backups, report));
    }

    private static void idle(Conditions conditions, ScheduleBackups backups, ScheduleReport report) {
        if (report.obstacle().isPresent()) {
            conditions.add(
                    RECONCILING,
                    false,
                    report.obstacle().get().reason(),
                    "Nothing begins and nothing is deleted until that is corrected.");
        } else if (Boolean.TRUE.equals(backups.schedule().getSpec().suspend())) {
            conditions.add(
                    RECONCILING, false, "Suspended", "spec.suspend is true: nothing begins and nothing is deleted.");
        } else {
            conditions.add(
                    RECONCILING,
                    false,
                    "UpToDate",
                    report.next()
                            .map("The next run begins at %s."::formatted)
                            .orElse("No run is due in the years that can be foreseen."));
        }
    }

    /** That of the last good one; else that of whichever has one. */
    private static String location(ScheduleBackups backups) {
        return backups.lastGood()
                .flatMap(ScheduledBackupStatusBuilder::storage)
                .or(() -> backups.active().stream()
                        .flatMap(backup -> storage(backup).stream())
                        .findFirst())
                .orElse(null);
    }

    private static Optional<String> storage(Backup backup) {
        return Optional.ofNullable(backup.getStatus())
                .map(OnDemandBackupStatus::storage)
                .map(one -> BucketName.of(one.bucket()).toString());
    }

    private static List<Condition> known(ScheduledBackup schedule) {
        return Optional.ofNullable(schedule.getStatus())
                .map(ScheduledBackupStatus::conditions)
                .orElse(List.of());
    }

    private static String name(Backup backup) {
        return backup.getMetadata().getName();
    }
}
