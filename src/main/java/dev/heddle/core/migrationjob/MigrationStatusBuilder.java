package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationCount;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.common.Durations;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of a migration. */
public final class MigrationStatusBuilder {
    private static final String READY = "Ready";
    private static final String RECONCILING = "Reconciling";
    private static final String STALLED = "Stalled";
    private static final int DIFFERENCES = 10;

    private MigrationStatusBuilder() {}

    public static MigrationStatus of(
            Migration migration, MigrationSides sides, MigrationStep step, MigrationSituation seen) {
        if (step instanceof MigrationStep.Rest) {
            return migration.getStatus();
        }
        var conditions =
                new Conditions(known(migration), migration.getMetadata().getGeneration(), seen.now());
        tell(conditions, migration, sides, step, seen);
        return status(migration, sides, record(step, seen), seen.progress(), conditions.build());
    }

    /** What is to be remembered with this step. */
    public static MigrationRecord record(MigrationStep step, MigrationSituation seen) {
        var record = seen.record();
        var now = seen.now();
        return switch (step) {
            case MigrationStep.Wait wait -> record.stopped(wait.phase(), now);
            case MigrationStep.Begin _ -> record.begun(now);
            case MigrationStep.Launch _ -> record.in(MigrationPhase.RUNNING);
            case MigrationStep.Go go -> record.in(go.phase());
            case MigrationStep.Stop stop ->
                stop.phase() == MigrationPhase.RUNNING ? record.in(stop.phase()) : record.stopped(stop.phase(), now);
            case MigrationStep.Finish _ -> record.stopped(MigrationPhase.SUCCEEDED, now);
            case MigrationStep.Fail _ -> record.stopped(MigrationPhase.FAILED, now);
            case MigrationStep.Rest _ -> record;
        };
    }

    /** The last attempt to look failed for a reason that may pass; what was known stays. */
    public static MigrationStatus failing(Migration migration, String words, Instant now) {
        var known = known(migration);
        var conditions = new Conditions(known, migration.getMetadata().getGeneration(), now)
                .add(RECONCILING, true, "Retrying", words);
        for (var type : List.of(READY, STALLED)) {
            Conditions.find(known, type)
                    .ifPresentOrElse(
                            was -> conditions.add(type, was.getStatus(), was.getReason(), was.getMessage()),
                            () -> conditions.add(type, false, "Retrying", words));
        }
        var before = Optional.ofNullable(migration.getStatus());
        return new MigrationStatus(
                // Not that of the spec, whose change may not have been acted upon.
                before.map(MigrationStatus::observedGeneration).orElse(null),
                before.map(MigrationStatus::phase).orElse(MigrationPhase.PENDING),
                before.map(MigrationStatus::source).orElse(null),
                before.map(MigrationStatus::target).orElse(null),
                before.map(MigrationStatus::percent).orElse(null),
                before.map(MigrationStatus::objects).orElse(null),
                before.map(MigrationStatus::objectsPerSecond).orElse(null),
                before.map(MigrationStatus::timeLeft).orElse(null),
                before.map(MigrationStatus::collections).orElse(null),
                before.map(MigrationStatus::tenants).orElse(null),
                before.map(MigrationStatus::startedAt).orElse(null),
                before.map(MigrationStatus::resumedAt).orElse(null),
                before.map(MigrationStatus::spentSeconds).orElse(null),
                before.map(MigrationStatus::completedAt).orElse(null),
                before.map(MigrationStatus::differences).orElse(null),
                conditions.build());
    }

    private static List<Condition> known(Migration migration) {
        return Optional.ofNullable(migration.getStatus())
                .map(MigrationStatus::conditions)
                .orElse(List.of());
    }

    private static MigrationStatus status(
            Migration migration,
            MigrationSides sides,
            MigrationRecord record,
            Optional<MigrationProgress> progress,
            List<Condition> conditions) {
        boolean moves = record.phase() == MigrationPhase.RUNNING || record.phase() == MigrationPhase.VERIFYING;
        boolean done = record.phase() == MigrationPhase.SUCCEEDED;
        return new MigrationStatus(
                migration.getMetadata().getGeneration(),
                record.phase(),
                sides.source().words(),
                sides.target().words(),
                done
                        ? Integer.valueOf(100)
                        : progress.map(MigrationProgress::percent).orElse(null),
                progress.map(MigrationProgress::objects)
                        .map(objects -> new MigrationCount(objects.done(), objects.total()))
                        .orElse(null),
                progress.filter(_ -> moves)
                        .map(figures -> Math.round(figures.objectsPerSecond()))
                        .orElse(null),
                progress.filter(figures -> moves && figures.secondsLeft() >= 0)
                        .map(figures -> Durations.words(Duration.ofSeconds(figures.secondsLeft())))
                        .orElse(null),
                progress.map(MigrationProgress::collections).orElse(null),
                progress.map(MigrationProgress::tenants).orElse(null),
                record.startedAt().map(Instant::toString).orElse(null),
                record.resumedAt().map(Instant::toString).orElse(null),
                record.spent().isZero() ? null : record.spent().toSeconds(),
                record.completedAt().map(Instant::toString).orElse(null),
                progress.map(MigrationProgress::differences)
                        .map(found -> found.first().stream().limit(DIFFERENCES).toList())
                        .filter(found -> !found.isEmpty())
                        .orElse(null),
                conditions);
    }

    private static void tell(
            Conditions conditions,
            Migration migration,
            MigrationSides sides,
            MigrationStep step,
            MigrationSituation seen) {
        switch (step) {
            case MigrationStep.Wait wait -> going(conditions, wait.reason(), wait.message(), wait.stuck());
            case MigrationStep.Stop stop -> going(conditions, stop.reason(), stop.message(), false);
            case MigrationStep.Go go ->
                going(
                        conditions,
                        go.reason(),
                        "%s: %s%s".formatted(way(sides), go.message(), ways(sides, seen)),
                        go.stuck());
            case MigrationStep.Finish finish -> {
                conditions.add(READY, true, done(migration), "%s: %s".formatted(way(sides), finish.message()));
                conditions.add(RECONCILING, false, "Finished", "There is nothing left to do.");
                conditions.add(STALLED, false, "NotStalled", "It is done.");
            }
            case MigrationStep.Fail fail -> {
                var message = "%s: %s%s".formatted(way(sides), fail.message(), ways(sides, seen));
                conditions.add(READY, false, fail.reason(), message);
                conditions.add(RECONCILING, false, "Finished", "There is nothing left to do.");
                conditions.add(STALLED, true, fail.reason(), message);
            }
            default ->
                going(conditions, "MigrationRunning", way(sides) + ": The Job begins." + ways(sides, seen), false);
        }
    }

    private static String done(Migration migration) {
        return switch (migration.getSpec().mode()) {
            case VERIFY -> "SidesEqual";
            case DRYRUN -> "DryRunDone";
            case null, default -> "Migrated";
        };
    }

    private static void going(Conditions conditions, String reason, String message, boolean stuck) {
        conditions.add(READY, false, reason, message);
        conditions.add(RECONCILING, !stuck, reason, message);
        conditions.add(STALLED, stuck, stuck ? reason : "NotStalled", stuck ? message : "It goes on.");
    }

    private static String way(MigrationSides sides) {
        return "%s to %s".formatted(sides.source().words(), sides.target().words());
    }

    /** Whoever gives the address of gRPC may not know that REST is needed too; told until both sides have answered. */
    private static String ways(MigrationSides sides, MigrationSituation seen) {
        boolean answered = seen.progress()
                .map(MigrationProgress::phase)
                .filter(phase -> phase != dev.heddle.core.migration.MigrationPhase.CHECKING)
                .isPresent();
        var rest = Stream.of(rest("source", sides.source()), rest("target", sides.target()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return answered || rest.isEmpty()
                ? ""
                : " gRPC moves objects; schema, tenants and aliases go over REST: " + rest + ".";
    }

    private static String rest(String name, MigrationSide side) {
        return side.plan().type() == MigrationPlan.Transport.GRPC
                ? "%s at %s (spec.%s.restHost)".formatted(name, side.plan().url(), name)
                : "";
    }
}
