package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.core.backup.BackupProgress.Result;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.common.Durations;
import dev.heddle.core.common.Times;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Writes a backup's progress into its status, and reads it back. */
public final class BackupStatusBuilder {
    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";

    private BackupStatusBuilder() {}

    public static BackupProgress progress(Backup backup) {
        var status = backup.getStatus();
        if (status == null || status.phase() == null) {
            return BackupProgress.fresh();
        }
        return new BackupProgress(
                status.phase(),
                Optional.ofNullable(status.id()),
                Objects.requireNonNullElse(status.node(), ""),
                Objects.requireNonNullElse(status.coordinator(), ""),
                Objects.requireNonNullElse(status.attempts(), 0),
                Optional.ofNullable(status.startedAt()).map(Times::parse),
                Optional.ofNullable(status.completedAt()).map(Times::parse),
                Optional.ofNullable(status.sizeBytes())
                        .map(bytes -> new Result(
                                bytes,
                                Objects.requireNonNullElse(status.collections(), 0),
                                Objects.requireNonNullElse(status.serverVersion(), ""))),
                Objects.requireNonNullElse(status.leftovers(), List.of()));
    }

    /** @param storage where it lies; empty before the first attempt */
    public static OnDemandBackupStatus of(
            Backup backup, BackupTurn turn, Optional<BackupBucketSpec> storage, Instant now) {
        var conditions = new Conditions(
                Optional.ofNullable(backup.getStatus())
                        .map(OnDemandBackupStatus::conditions)
                        .orElse(List.of()),
                backup.getMetadata().getGeneration(),
                now);
        tell(conditions, backup, turn, storage);
        return status(backup, turn.progress(), storage, conditions.build());
    }

    /** The last attempt to look failed for a reason that may pass; what was known stays. */
    public static OnDemandBackupStatus failing(Backup backup, String words, Instant now) {
        var before = Optional.ofNullable(backup.getStatus());
        var known = before.map(OnDemandBackupStatus::conditions).orElse(List.of());
        var conditions = new Conditions(known, backup.getMetadata().getGeneration(), now)
                .add(RECONCILING, true, "Retrying", words);
        for (var type : List.of(READY, STALLED)) {
            Conditions.find(known, type)
                    .ifPresentOrElse(
                            was -> conditions.add(type, was.getStatus(), was.getReason(), was.getMessage()),
                            () -> conditions.add(type, false, "Retrying", words));
        }
        return status(backup, progress(backup), before.map(OnDemandBackupStatus::storage), conditions.build());
    }

    private static OnDemandBackupStatus status(
            Backup backup, BackupProgress progress, Optional<BackupBucketSpec> storage, List<Condition> conditions) {
        var result = progress.result();
        return new OnDemandBackupStatus(
                backup.getMetadata().getGeneration(),
                progress.phase(),
                progress.id().orElse(null),
                progress.id()
                        .flatMap(id -> storage.map(one -> BucketName.of(one.bucket()) + "/" + id))
                        .orElse(null),
                storage.filter(one -> progress.attempts() > 0).orElse(null),
                some(progress.node()),
                some(progress.coordinator()),
                progress.attempts() == 0 ? null : progress.attempts(),
                progress.startedAt().map(Instant::toString).orElse(null),
                progress.completedAt().map(Instant::toString).orElse(null),
                took(progress).map(Durations::words).orElse(null),
                result.map(Result::bytes).orElse(null),
                result.map(one -> size(one.bytes())).orElse(null),
                result.map(Result::collections).orElse(null),
                result.map(Result::serverVersion)
                        .filter(version -> !version.isEmpty())
                        .orElse(null),
                progress.leftovers().isEmpty() ? null : progress.leftovers(),
                conditions);
    }

    private static void tell(
            Conditions conditions, Backup backup, BackupTurn turn, Optional<BackupBucketSpec> storage) {
        var progress = turn.progress();
        switch (turn.step()) {
            case BackupStep.Wait wait -> {
                boolean stuck = wait.mood() == Mood.STUCK;
                conditions.add(READY, wait.mood() == Mood.UNSURE ? "Unknown" : "False", wait.reason(), wait.message());
                conditions.add(RECONCILING, !stuck, wait.reason(), wait.message());
                conditions.add(
                        STALLED, stuck, stuck ? wait.reason() : "NotStalled", stuck ? wait.message() : "It goes on.");
            }
            case BackupStep.Retry retry ->
                going(
                        conditions,
                        retry.reason(),
                        retry.message() + " Another attempt begins when the cluster is ready.");
            case BackupStep.Fail fail -> over(conditions, turn, false, fail.reason(), fail.message());
            case BackupStep.Finish _ -> over(conditions, turn, true, "Proven", proven(progress));
            case BackupStep.Written _ ->
                going(
                        conditions,
                        "VerifyingBackup",
                        "Weaviate says that it succeeded; the operator looks into the bucket.");
            case BackupStep.Discard _ ->
                going(conditions, "CleaningUp", "It goes with its resource (spec.deletionPolicy).");
            case BackupStep.Rest _ -> {
                var was = Optional.ofNullable(backup.getStatus())
                        .flatMap(status -> Conditions.find(status.conditions(), READY));
                over(
                        conditions,
                        turn,
                        progress.phase() == BackupPhase.SUCCEEDED,
                        was.map(Condition::getReason).orElse("Proven"),
                        was.map(Condition::getMessage).orElseGet(() -> proven(progress)));
            }
            default -> going(conditions, "BackupRunning", begun(progress, storage));
        }
    }

    private static void going(Conditions conditions, String reason, String message) {
        conditions.add(READY, false, reason, message);
        conditions.add(RECONCILING, true, reason, message);
        conditions.add(STALLED, false, "NotStalled", "It goes on.");
    }

    private static void over(Conditions conditions, BackupTurn turn, boolean good, String reason, String message) {
        boolean clean = turn.progress().leftovers().isEmpty();
        conditions.add(READY, good, reason, message);
        conditions.add(
                RECONCILING,
                !clean,
                clean ? "Finished" : "CleaningUp",
                clean
                        ? "There is nothing left to do."
                        : turn.littered()
                                .map(why -> "What failed attempts left in the bucket cannot be removed yet: " + why)
                                .orElse("What failed attempts left in the bucket is being removed."));
        conditions.add(STALLED, !good, good ? "NotStalled" : reason, good ? "It is done." : message);
    }

    private static String begun(BackupProgress progress, Optional<BackupBucketSpec> storage) {
        return "Attempt %d of %d by node %s, into %s."
                .formatted(
                        progress.attempts(),
                        BackupPlanner.ATTEMPTS,
                        progress.node(),
                        storage.map(one -> BucketName.of(one.bucket()).toString())
                                .orElse("the bucket"));
    }

    private static String proven(BackupProgress progress) {
        return "%s of %s in the bucket, verified; it took %s."
                .formatted(
                        progress.result().map(one -> size(one.bytes())).orElse("?"),
                        progress.result()
                                .map(one ->
                                        one.collections() == 1 ? "1 collection" : one.collections() + " collections")
                                .orElse("?"),
                        took(progress).map(Durations::words).orElse("?"));
    }

    private static Optional<Duration> took(BackupProgress progress) {
        return progress.startedAt()
                .flatMap(begin -> progress.completedAt().map(end -> Duration.between(begin, end)))
                .filter(time -> !time.isNegative());
    }

    /** Such as 14.8 MiB. */
    public static String size(long bytes) {
        var units = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.size() - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units.get(unit));
    }

    private static String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
