package dev.heddle.core.restore;

import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import dev.heddle.core.backup.BackupStatusBuilder;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.backup.BucketName;
import dev.heddle.core.common.Durations;
import dev.heddle.core.common.Times;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a restore's progress into its status, and reads it back. */
public final class RestoreStatusBuilder {
    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";

    private RestoreStatusBuilder() {}

    public static RestoreProgress progress(Restore restore) {
        var status = restore.getStatus();
        if (status == null || status.phase() == null) {
            return RestoreProgress.fresh();
        }
        return new RestoreProgress(
                status.phase(),
                Objects.requireNonNullElse(status.node(), ""),
                Objects.requireNonNullElse(status.coordinator(), ""),
                Objects.requireNonNullElse(status.attempts(), 0),
                Optional.ofNullable(status.startedAt()).map(Times::parse),
                Optional.ofNullable(status.completedAt()).map(Times::parse),
                Optional.ofNullable(status.nodeMapping())
                        .map(mapping -> new RestoreFit(
                                Objects.requireNonNullElse(status.collections(), 0),
                                mapping,
                                Objects.requireNonNullElse(status.sizeBytes(), 0L),
                                Objects.requireNonNullElse(status.serverVersion(), ""),
                                Optional.ofNullable(status.formerRestore()).map(Times::parse))));
    }

    /** Where the backup lies by the status; empty before the first attempt. */
    public static Optional<RestoreOrigin.Known> origin(Restore restore) {
        return Optional.ofNullable(restore.getStatus())
                .filter(status -> status.storage() != null && status.id() != null)
                .map(status -> new RestoreOrigin.Known(status.storage(), status.id()));
    }

    /** {@code s3://bucket/prefix/id}. */
    public static String location(RestoreOrigin.Known origin) {
        return BucketName.of(origin.storage().bucket()) + "/" + origin.id();
    }

    /** @param origin empty where it is not known yet */
    public static RestoreStatus of(
            Restore restore, RestoreTurn turn, Optional<RestoreOrigin.Known> origin, Instant now) {
        var conditions = new Conditions(known(restore), restore.getMetadata().getGeneration(), now);
        tell(conditions, restore, turn);
        return status(restore, turn.progress(), origin, conditions.build());
    }

    /** The last attempt to look failed for a reason that may pass; what was known stays. */
    public static RestoreStatus failing(Restore restore, String words, Instant now) {
        var known = known(restore);
        var conditions = new Conditions(known, restore.getMetadata().getGeneration(), now)
                .add(RECONCILING, true, "Retrying", words);
        for (var type : List.of(READY, STALLED)) {
            Conditions.find(known, type)
                    .ifPresentOrElse(
                            was -> conditions.add(type, was.getStatus(), was.getReason(), was.getMessage()),
                            () -> conditions.add(type, false, "Retrying", words));
        }
        return status(restore, progress(restore), origin(restore), conditions.build());
    }

    private static List<Condition> known(Restore restore) {
        return Optional.ofNullable(restore.getStatus())
                .map(RestoreStatus::conditions)
                .orElse(List.of());
    }

    private static RestoreStatus status(
            Restore restore,
            RestoreProgress progress,
            Optional<RestoreOrigin.Known> origin,
            List<Condition> conditions) {
        var fit = progress.fit();
        Optional<Map<String, String>> mapping = fit.map(one -> new TreeMap<>(one.mapping()));
        Optional<BackupBucketSpec> storage = origin.map(RestoreOrigin.Known::storage);
        return new RestoreStatus(
                restore.getMetadata().getGeneration(),
                progress.phase(),
                origin.map(RestoreOrigin.Known::id).orElse(null),
                origin.map(RestoreStatusBuilder::location).orElse(null),
                storage.orElse(null),
                mapping.orElse(null),
                some(progress.node()),
                some(progress.coordinator()),
                progress.attempts() == 0 ? null : progress.attempts(),
                fit.flatMap(RestoreFit::former).map(Instant::toString).orElse(null),
                progress.startedAt().map(Instant::toString).orElse(null),
                progress.completedAt().map(Instant::toString).orElse(null),
                took(progress).map(Durations::words).orElse(null),
                fit.map(RestoreFit::bytes).orElse(null),
                fit.map(one -> BackupStatusBuilder.size(one.bytes())).orElse(null),
                fit.map(RestoreFit::collections).orElse(null),
                fit.map(RestoreFit::serverVersion)
                        .filter(version -> !version.isEmpty())
                        .orElse(null),
                conditions);
    }

    private static void tell(Conditions conditions, Restore restore, RestoreTurn turn) {
        var progress = turn.progress();
        switch (turn.step()) {
            case RestoreStep.Wait wait -> {
                boolean stuck = wait.mood() == Mood.STUCK;
                conditions.add(READY, wait.mood() == Mood.UNSURE ? "Unknown" : "False", wait.reason(), wait.message());
                conditions.add(RECONCILING, !stuck, wait.reason(), wait.message());
                conditions.add(
                        STALLED, stuck, stuck ? wait.reason() : "NotStalled", stuck ? wait.message() : "It goes on.");
            }
            case RestoreStep.Retry retry ->
                going(
                        conditions,
                        retry.reason(),
                        retry.message()
                                + " Nothing of it is in the cluster; another attempt begins when that is ready.");
            case RestoreStep.Fail fail -> over(conditions, false, fail.reason(), fail.message());
            case RestoreStep.Finish finish -> over(conditions, true, "Restored", restored(progress, finish.notes()));
            case RestoreStep.Written _ ->
                going(
                        conditions,
                        "VerifyingRestore",
                        "Weaviate is done with it; the operator compares the cluster with the backup.");
            case RestoreStep.Rest _ -> {
                var was = Conditions.find(known(restore), READY);
                over(
                        conditions,
                        progress.phase() == RestorePhase.SUCCEEDED,
                        was.map(Condition::getReason).orElse("Restored"),
                        was.map(Condition::getMessage).orElseGet(() -> restored(progress, List.of())));
            }
            default ->
                going(
                        conditions,
                        "RestoreRunning",
                        "Attempt %d of %d by node %s."
                                .formatted(progress.attempts(), RestorePlanner.ATTEMPTS, progress.node()));
        }
    }

    private static void going(Conditions conditions, String reason, String message) {
        conditions.add(READY, false, reason, message);
        conditions.add(RECONCILING, true, reason, message);
        conditions.add(STALLED, false, "NotStalled", "It goes on.");
    }

    private static void over(Conditions conditions, boolean good, String reason, String message) {
        conditions.add(READY, good, reason, message);
        conditions.add(RECONCILING, false, "Finished", "There is nothing left to do.");
        conditions.add(STALLED, !good, good ? "NotStalled" : reason, good ? "It is done." : message);
    }

    private static String restored(RestoreProgress progress, List<String> notes) {
        int count = progress.fit().map(RestoreFit::collections).orElse(0);
        var words = "%s in the cluster, verified; it took %s."
                .formatted(
                        count == 1 ? "1 collection" : count + " collections",
                        took(progress).map(Durations::words).orElse("?"));
        return notes.isEmpty() ? words : words + " " + String.join(" ", notes);
    }

    /** From the first attempt's begin to the end. */
    public static Optional<Duration> took(RestoreProgress progress) {
        return progress.startedAt()
                .flatMap(begin -> progress.completedAt().map(end -> Duration.between(begin, end)))
                .filter(time -> !time.isNegative());
    }

    private static String some(String text) {
        return text.isEmpty() ? null : text;
    }
}
