package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.status.PodTrouble;
import java.time.Duration;
import java.util.Optional;

/**
 * What to do next about a migration. Nothing is remembered but what stands in the status, in the Job and in what the
 * command wrote, so each step may be taken again after a crash.
 */
public final class MigrationPlanner {
    /** The command stops by itself, then the Job controller stops it, then the operator does. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private MigrationPlanner() {}

    public static MigrationStep next(MigrationSituation seen) {
        if (seen.record().over()) {
            return new MigrationStep.Rest();
        }
        boolean runs = seen.record().resumedAt().isPresent();
        if (runs && seen.job() instanceof JobReport.Complete) {
            return new MigrationStep.Finish(said(seen).orElse("It is done."));
        }
        if (seen.wish().suspended()) {
            return halt(seen, suspended());
        }
        return runs ? running(seen) : waiting(seen);
    }

    private static MigrationStep.Wait suspended() {
        return new MigrationStep.Wait(
                MigrationPhase.SUSPENDED,
                "Suspended",
                "spec.suspend is true; what was copied is kept, and it goes on from there.",
                true,
                Optional.empty());
    }

    /** No Job may run: first it goes. */
    private static MigrationStep halt(MigrationSituation seen, MigrationStep.Wait then) {
        return switch (seen.job()) {
            case JobReport.Absent _ -> then;
            case JobReport.Ending _ ->
                new MigrationStep.Wait(
                        then.phase(), "StoppingJob", "The pod of the former Job is ending.", false, Optional.empty());
            default -> new MigrationStep.Stop(then.phase(), then.reason(), then.message());
        };
    }

    private static MigrationStep waiting(MigrationSituation seen) {
        var obstacle = seen.obstacle();
        boolean first = seen.record().startedAt().isEmpty();
        if (obstacle.filter(found -> !found.passes()).isPresent()) {
            return halt(seen, wait(obstacle.get()));
        }
        if (first && seen.wish().start().isAfter(seen.now())) {
            return halt(
                    seen,
                    new MigrationStep.Wait(
                            MigrationPhase.SCHEDULED,
                            "Scheduled",
                            "It begins at %s.".formatted(seen.wish().start()),
                            false,
                            Optional.of(seen.wish().start())));
        }
        if (obstacle.isPresent()) {
            return halt(seen, wait(obstacle.get()));
        }
        if (seen.record().spent().compareTo(seen.wish().timeout()) >= 0) {
            return timedOut(seen);
        }
        return seen.job() instanceof JobReport.Absent
                ? new MigrationStep.Begin()
                : halt(
                        seen,
                        new MigrationStep.Wait(
                                MigrationPhase.PENDING,
                                "StoppingJob",
                                "The former Job goes before another one begins.",
                                false,
                                Optional.empty()));
    }

    private static MigrationStep.Wait wait(Obstacle obstacle) {
        return new MigrationStep.Wait(
                MigrationPhase.PENDING, obstacle.reason(), obstacle.message(), !obstacle.passes(), Optional.empty());
    }

    private static MigrationStep running(MigrationSituation seen) {
        boolean late = seen.now().isAfter(seen.deadline().plus(GRACE));
        return switch (seen.job()) {
            case JobReport.Failed failed -> failed(seen, failed);
            case JobReport.Working _
            when late ->
                new MigrationStep.Stop(
                        MigrationPhase.RUNNING, "TimedOut", "spec.timeout has passed; the Job is stopped.");
            case JobReport.Working _
            when seen.outdated() ->
                new MigrationStep.Stop(
                        MigrationPhase.RUNNING,
                        "ReplacingJob",
                        "The spec has changed; another Job goes on where this one stops.");
            case JobReport.Working working -> going(seen, working);
            case JobReport.Ending _ ->
                new MigrationStep.Go(
                        MigrationPhase.RUNNING, "StoppingJob", "The pod of the former Job is ending.", false);
            case JobReport.Absent _ when late -> timedOut(seen);
            case JobReport.Absent _ ->
                seen.obstacle().<MigrationStep>map(MigrationPlanner::wait).orElseGet(MigrationStep.Launch::new);
            case JobReport.Complete _ -> new MigrationStep.Finish(said(seen).orElse("It is done."));
        };
    }

    private static MigrationStep going(MigrationSituation seen, JobReport.Working working) {
        boolean silent = silent(seen);
        var hindered =
                working.trouble().filter(found -> !silent || !found.reason().equals(JobReport.ENDED));
        if (hindered.isPresent()) {
            PodTrouble trouble = hindered.get();
            return new MigrationStep.Go(
                    MigrationPhase.RUNNING,
                    trouble.reason(),
                    trouble.message()
                            + said(seen).map(last -> " It last said: " + last).orElse(""),
                    false);
        }
        if (silent) {
            return new MigrationStep.Go(
                    MigrationPhase.RUNNING,
                    "SideUnreachable",
                    said(seen).orElse("A side does not answer") + ". It is tried again until spec.timeout.",
                    false);
        }
        var phase = seen.progress().map(MigrationProgress::phase);
        boolean verifies = phase.filter(dev.heddle.core.migration.MigrationPhase.VERIFYING::equals)
                .isPresent();
        return new MigrationStep.Go(
                verifies ? MigrationPhase.VERIFYING : MigrationPhase.RUNNING,
                verifies ? "VerifyingMigration" : "MigrationRunning",
                said(seen).orElse("The Job begins."),
                false);
    }

    /** Nothing else is said before both sides have answered. */
    private static boolean silent(MigrationSituation seen) {
        return seen.progress()
                .filter(last -> last.outcome() == Outcome.UNREACHABLE
                        || last.phase() == dev.heddle.core.migration.MigrationPhase.CHECKING
                                && last.outcome() == null
                                && last.message() != null
                                && !last.message().isBlank())
                .isPresent();
    }

    private static MigrationStep failed(MigrationSituation seen, JobReport.Failed failed) {
        var outcome = seen.progress().map(MigrationProgress::outcome);
        var said = said(seen).map(last -> " " + last).orElse("");
        boolean late = failed.exitCode().isEmpty()
                && outcome.filter(Outcome.TIMED_OUT::equals).isPresent();
        if (failed.cause() == JobReport.Cause.TIME || late) {
            return timedOut(seen);
        }
        // A JVM that is out of memory ends with the code of differences.
        if (failed.cause() == JobReport.Cause.DIFFERENCES
                && outcome.filter(Outcome.DIFFERENT::equals).isPresent()) {
            return new MigrationStep.Fail("SidesDiffer", "Source and target differ." + said);
        }
        return switch (failed.cause()) {
            case MEMORY ->
                new MigrationStep.Fail(
                        "OutOfMemory",
                        "The Job took more memory than its limit: %s Raise spec.resources.limits.memory; it goes on where it stopped."
                                .formatted(failed.message()));
            case PLAN ->
                new MigrationStep.Fail(
                        "PlanRefused",
                        "The command does not understand its plan: %s See kubectl logs of the Job."
                                .formatted(failed.message()));
            default -> new MigrationStep.Fail("MigrationFailed", said.isEmpty() ? failed.message() : said.strip());
        };
    }

    private static MigrationStep.Fail timedOut(MigrationSituation seen) {
        return new MigrationStep.Fail(
                "TimedOut",
                "It ran longer than spec.timeout and was stopped.%s Raise spec.timeout, and it goes on where it stopped."
                        .formatted(
                                said(seen).map(last -> " It last said: " + last).orElse("")));
    }

    /** The command's own words. */
    private static Optional<String> said(MigrationSituation seen) {
        return seen.progress().map(MigrationProgress::message).filter(words -> !words.isBlank());
    }
}
