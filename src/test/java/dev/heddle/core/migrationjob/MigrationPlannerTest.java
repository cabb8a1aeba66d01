package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migrationjob.JobReport.Cause;
import dev.heddle.core.migrationjob.MigrationSituation.Wish;
import dev.heddle.core.status.PodTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationPlannerTest {
    private static final JobReport NONE = new JobReport.Absent();
    private static final JobReport WORKING = new JobReport.Working(Optional.empty());
    private static final JobReport ENDING = new JobReport.Ending();
    private static final Wish NOW = new Wish(Instant.EPOCH, Duration.ofHours(2), false);
    private static final Wish SUSPENDED = new Wish(Instant.EPOCH, Duration.ofHours(2), true);

    private static MigrationSituation wishing(MigrationSituation seen, Wish wish) {
        return new MigrationSituation(
                seen.record(), wish, seen.obstacle(), seen.job(), seen.outdated(), seen.progress(), seen.now());
    }

    private static MigrationSituation behind(MigrationSituation seen, Obstacle obstacle) {
        return new MigrationSituation(
                seen.record(),
                seen.wish(),
                Optional.of(obstacle),
                seen.job(),
                seen.outdated(),
                seen.progress(),
                seen.now());
    }

    private static MigrationSituation saying(MigrationSituation seen, MigrationProgress progress) {
        return new MigrationSituation(
                seen.record(),
                seen.wish(),
                seen.obstacle(),
                seen.job(),
                seen.outdated(),
                Optional.of(progress),
                seen.now());
    }

    private static String reason(MigrationStep step) {
        return switch (step) {
            case MigrationStep.Wait wait -> wait.reason();
            case MigrationStep.Go go -> go.reason();
            case MigrationStep.Stop stop -> stop.reason();
            case MigrationStep.Fail fail -> fail.reason();
            default -> "";
        };
    }

    @Test
    void beginsThenLaunchesThenWatches() {
        var fresh = Migrations.seen(Migrations.fresh(), NONE);
        assertThat(MigrationPlanner.next(fresh)).isInstanceOf(MigrationStep.Begin.class);

        var begun = fresh.with(MigrationStatusBuilder.record(new MigrationStep.Begin(), fresh));
        assertThat(MigrationPlanner.next(begun)).isInstanceOf(MigrationStep.Launch.class);

        var going = Migrations.seen(begun.record(), WORKING);
        assertThat(MigrationPlanner.next(going)).isInstanceOf(MigrationStep.Go.class);
    }

    @Test
    void waitsForItsTime() {
        var later = Migrations.NOW.plusSeconds(90);
        var seen = wishing(Migrations.seen(Migrations.fresh(), NONE), new Wish(later, Duration.ofHours(2), false));

        var step = MigrationPlanner.next(seen);

        assertThat(step).isInstanceOfSatisfying(MigrationStep.Wait.class, wait -> {
            assertThat(wait.phase()).isEqualTo(MigrationPhase.SCHEDULED);
            assertThat(wait.until()).contains(later);
            assertThat(wait.stuck()).isFalse();
        });
        assertThat(MigrationPace.after(step, Migrations.NOW))
                .hasValueSatisfying(pace -> assertThat(pace).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91)));
    }

    @Test
    void tellsOfATroubleBeforeItsTimeHasCome() {
        var later = new Wish(Migrations.NOW.plusSeconds(90), Duration.ofHours(2), false);
        var seen = wishing(Migrations.seen(Migrations.fresh(), NONE), later);

        assertThat(reason(MigrationPlanner.next(behind(seen, new Obstacle("SecretNotFound", "m", false)))))
                .isEqualTo("SecretNotFound");
        assertThat(reason(MigrationPlanner.next(behind(seen, new Obstacle("ClusterNotReady", "m", true)))))
                .isEqualTo("Scheduled");
    }

    @Test
    void anObstacleDoesNotStopAJobThatRuns() {
        var seen = behind(Migrations.seen(Migrations.running(), WORKING), new Obstacle("ClusterNotReady", "m", true));

        assertThat(MigrationPlanner.next(seen)).isInstanceOf(MigrationStep.Go.class);
        assertThat(reason(MigrationPlanner.next(behind(
                        Migrations.seen(Migrations.running(), NONE), new Obstacle("SecretNotFound", "m", false)))))
                .isEqualTo("SecretNotFound");
    }

    @Test
    void suspendsByStoppingTheJobAndGoesOnAfterwards() {
        var seen = wishing(Migrations.seen(Migrations.running(), WORKING), SUSPENDED);

        var step = MigrationPlanner.next(seen);

        assertThat(step).isInstanceOf(MigrationStep.Stop.class);
        var record = MigrationStatusBuilder.record(step, seen);
        assertThat(record.phase()).isEqualTo(MigrationPhase.SUSPENDED);
        assertThat(record.resumedAt()).isEmpty();
        assertThat(record.spent()).isEqualTo(Duration.ofMinutes(5));
        assertThat(reason(MigrationPlanner.next(wishing(Migrations.seen(record, ENDING), SUSPENDED))))
                .isEqualTo("StoppingJob");
        assertThat(reason(MigrationPlanner.next(wishing(Migrations.seen(record, NONE), SUSPENDED))))
                .isEqualTo("Suspended");
        assertThat(reason(MigrationPlanner.next(Migrations.seen(record, ENDING))))
                .isEqualTo("StoppingJob");
        assertThat(MigrationPlanner.next(Migrations.seen(record, NONE))).isInstanceOf(MigrationStep.Begin.class);
        var again = record.begun(Migrations.NOW);
        assertThat(again.startedAt()).isEqualTo(Migrations.running().startedAt());
        assertThat(Migrations.seen(again, NONE).deadline())
                .isEqualTo(Migrations.NOW.plus(Duration.ofHours(2)).minus(Duration.ofMinutes(5)));
    }

    @Test
    void countsTheTimeOnceHoweverOftenItIsSaid() {
        var seen = wishing(Migrations.seen(Migrations.running(), NONE), SUSPENDED);
        var once = MigrationStatusBuilder.record(MigrationPlanner.next(seen), seen);
        var twice = MigrationStatusBuilder.record(MigrationPlanner.next(seen.with(once)), seen.with(once));

        assertThat(once.spent()).isEqualTo(Duration.ofMinutes(5));
        assertThat(twice).isEqualTo(once);
    }

    @Test
    void replacesAJobOfAnotherSpec() {
        var seen = Migrations.seen(Migrations.running(), WORKING);
        var outdated = new MigrationSituation(
                seen.record(), NOW, seen.obstacle(), seen.job(), true, seen.progress(), seen.now());

        assertThat(reason(MigrationPlanner.next(outdated))).isEqualTo("ReplacingJob");
        assertThat(reason(MigrationPlanner.next(Migrations.seen(Migrations.running(), ENDING))))
                .isEqualTo("StoppingJob");
    }

    @ParameterizedTest
    @CsvSource({
        "DIFFERENCES, SidesDiffer, Source and target differ",
        "TIME, TimedOut, Raise spec.timeout",
        "MEMORY, OutOfMemory, Raise spec.resources.limits.memory",
        "PLAN, PlanRefused, does not understand its plan",
        "OTHER, MigrationFailed, the last words"
    })
    void saysWhyItFailed(Cause cause, String reason, String words) {
        var seen = saying(
                Migrations.seen(Migrations.running(), new JobReport.Failed(cause, Optional.of(1), "pod move-1.")),
                Migrations.ended(cause == Cause.DIFFERENCES ? Outcome.DIFFERENT : Outcome.FAILED, "the last words"));

        var step = MigrationPlanner.next(seen);

        assertThat(step).isInstanceOfSatisfying(MigrationStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo(reason);
            assertThat(fail.message()).contains(words);
        });
        assertThat(MigrationStatusBuilder.record(step, seen).over()).isTrue();
    }

    @Test
    void whatFailedGoesOnWhenItsSpecChanges() {
        var failed = Migrations.running().stopped(MigrationPhase.FAILED, Migrations.NOW);
        var changed = new MigrationRecord(
                failed.phase(), failed.startedAt(), failed.resumedAt(), failed.spent(), failed.completedAt(), false);
        var job = new JobReport.Failed(Cause.OTHER, Optional.of(1), "m");

        assertThat(MigrationPlanner.next(Migrations.seen(failed, job))).isInstanceOf(MigrationStep.Rest.class);
        assertThat(MigrationPlanner.next(Migrations.seen(changed, job))).isInstanceOf(MigrationStep.Stop.class);
        assertThat(MigrationPlanner.next(Migrations.seen(changed, NONE))).isInstanceOf(MigrationStep.Begin.class);
        var brief = new Wish(Instant.EPOCH, Duration.ofMinutes(5), false);
        assertThat(reason(MigrationPlanner.next(wishing(Migrations.seen(changed, NONE), brief))))
                .isEqualTo("TimedOut");
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFYING", "COPYING", "SCHEMA"})
    void tellsTheCommandsOwnWords(dev.heddle.core.migration.MigrationPhase phase) {
        var seen = saying(
                Migrations.seen(Migrations.running(), WORKING), Migrations.progress(phase, 7, "Article: 7 of 9"));

        assertThat(MigrationPlanner.next(seen)).isInstanceOfSatisfying(MigrationStep.Go.class, go -> {
            assertThat(go.message()).isEqualTo("Article: 7 of 9");
            assertThat(go.phase().name()).isEqualTo(phase.name().equals("VERIFYING") ? "VERIFYING" : "RUNNING");
        });
    }

    /** A JVM that is out of memory ends with the code of differences. */
    @Test
    void believesInDifferencesOnlyIfTheCommandFoundSome() {
        var failed = new JobReport.Failed(Cause.DIFFERENCES, Optional.of(3), "pod move-1 ended with exit code 3.");

        assertThat(reason(MigrationPlanner.next(Migrations.seen(Migrations.running(), failed))))
                .isEqualTo("MigrationFailed");
    }

    @Test
    void saysThatASideDoesNotAnswerWhileItIsAskedAndBetweenAttempts() {
        var words = "source does not answer: a.example.com:443/v1/meta: no such host";
        var asking = saying(
                Migrations.seen(Migrations.running(), WORKING),
                Migrations.progress(dev.heddle.core.migration.MigrationPhase.CHECKING, 0, words));
        var between = saying(
                Migrations.seen(
                        Migrations.running(),
                        new JobReport.Working(Optional.of(new PodTrouble(JobReport.ENDED, "pod move-1 ended.")))),
                Migrations.ended(Outcome.UNREACHABLE, words));

        assertThat(List.of(asking, between)).allSatisfy(seen -> assertThat(MigrationPlanner.next(seen))
                .isInstanceOfSatisfying(MigrationStep.Go.class, go -> {
                    assertThat(go.reason()).isEqualTo("SideUnreachable");
                    assertThat(go.message()).contains(words).contains("spec.timeout");
                    assertThat(go.stuck()).isFalse();
                }));
    }

    @Test
    void tellsWhatKeepsThePodFromRunning() {
        var trouble = new PodTrouble("ImagePullBackOff", "pod move-1: no such image");
        var seen = Migrations.seen(Migrations.running(), new JobReport.Working(Optional.of(trouble)));

        assertThat(MigrationPlanner.next(seen)).isInstanceOfSatisfying(MigrationStep.Go.class, go -> {
            assertThat(go.reason()).isEqualTo("ImagePullBackOff");
            assertThat(go.message()).contains("no such image");
        });
    }

    @Test
    void endsWhatNobodyElseEnds() {
        var late = Migrations.fresh().begun(Migrations.NOW.minus(Duration.ofHours(3)));

        assertThat(reason(MigrationPlanner.next(Migrations.seen(late, WORKING))))
                .isEqualTo("TimedOut");
        assertThat(MigrationPlanner.next(Migrations.seen(late, WORKING))).isInstanceOf(MigrationStep.Stop.class);
        assertThat(MigrationPlanner.next(Migrations.seen(late, NONE))).isInstanceOf(MigrationStep.Fail.class);
        assertThat(MigrationPlanner.next(Migrations.seen(late, new JobReport.Complete())))
                .isInstanceOf(MigrationStep.Finish.class);
    }
}
