package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationStatusTest {
    private static final Migration SAMPLE = Migrations.of(Migrations.HOSTS + "  timeout: 2h30m");

    private static MigrationStatus status(
            Migration migration, MigrationStep step, Optional<MigrationProgress> progress) {
        var seen = Migrations.seen(Migrations.running(), new JobReport.Working(Optional.empty()));
        return MigrationStatusBuilder.of(
                migration,
                Migrations.sides(migration),
                step,
                new MigrationSituation(
                        seen.record(), seen.wish(), seen.obstacle(), seen.job(), false, progress, seen.now()));
    }

    private static Condition condition(MigrationStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    @Test
    void tellsHowFarItIs() {
        var status = status(
                SAMPLE,
                new MigrationStep.Go(MigrationPhase.RUNNING, "MigrationRunning", "Article", false),
                Optional.of(Migrations.progress(dev.heddle.core.migration.MigrationPhase.COPYING, 1000, "Article")));

        assertThat(status.percent()).isEqualTo(25);
        assertThat(status.objects().copied()).isEqualTo(1000);
        assertThat(status.objects().total()).isEqualTo(4000);
        assertThat(status.objectsPerSecond()).isEqualTo(512);
        assertThat(status.timeLeft()).isEqualTo("1m5s");
        assertThat(status.collections()).isEqualTo(2);
        assertThat(status.tenants()).isEqualTo(5);
        assertThat(status.source()).isEqualTo("https://my-source-cluster.weaviate.io:6339");
        assertThat(status.target()).isEqualTo("https://my-target-cluster.weaviate.io:6443");
        assertThat(status.observedGeneration()).isEqualTo(3);
        assertThat(condition(status, "Ready").getMessage())
                .isEqualTo(
                        "https://my-source-cluster.weaviate.io:6339 to https://my-target-cluster.weaviate.io:6443: Article");
    }

    /** The sample: its hosts do not exist, and it gives REST no address of its own. */
    @Test
    void namesTheHostsAndTheWayOfRestUntilTheyAnswer() {
        var words = "source my-source-cluster.weaviate.io does not answer; tried again";
        var progress = Optional.of(Migrations.progress(dev.heddle.core.migration.MigrationPhase.CHECKING, 0, words));

        var going = status(
                SAMPLE, new MigrationStep.Go(MigrationPhase.RUNNING, "MigrationRunning", words, false), progress);
        var failed = status(SAMPLE, new MigrationStep.Fail("TimedOut", words), progress);

        assertThat(condition(going, "Reconciling").getStatus()).isEqualTo("True");
        assertThat(condition(failed, "Stalled").getStatus()).isEqualTo("True");
        assertThat(List.of(going, failed))
                .allSatisfy(status -> assertThat(condition(status, "Ready").getMessage())
                        .contains(words)
                        .contains("gRPC moves objects; schema, tenants and aliases go over REST")
                        .contains("source at https://my-source-cluster.weaviate.io:6339 (spec.source.restHost)")
                        .doesNotContain("spec.target.restHost"));
    }

    @Test
    void remembersWhatCountsAndForgetsRates() {
        var progress = Migrations.progress(dev.heddle.core.migration.MigrationPhase.DONE, 4000, "equal");

        var status = status(SAMPLE, new MigrationStep.Finish("equal"), Optional.of(progress));

        assertThat(status.phase()).isEqualTo(MigrationPhase.SUCCEEDED);
        assertThat(status.percent()).isEqualTo(100);
        assertThat(status.objectsPerSecond()).isNull();
        assertThat(status.timeLeft()).isNull();
        assertThat(status.resumedAt()).isNull();
        assertThat(status.spentSeconds()).isEqualTo(300);
        assertThat(status.completedAt()).isEqualTo(Migrations.NOW.toString());
        assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(status, "Ready").getReason()).isEqualTo("Migrated");
    }

    @Test
    void showsTheFirstDifferences() {
        var found = Migrations.progress(dev.heddle.core.migration.MigrationPhase.VERIFYING, 4000, "2 differ");
        var progress = new MigrationProgress(
                found.id(),
                found.phase(),
                found.updated(),
                found.collections(),
                found.tenants(),
                found.objects(),
                0,
                -1,
                new MigrationProgress.Differences(2, List.of("Article a", "Article b")),
                MigrationProgress.Outcome.DIFFERENT,
                found.message(),
                false);

        var status = status(SAMPLE, new MigrationStep.Fail("SidesDiffer", "They differ."), Optional.of(progress));

        assertThat(status.differences()).containsExactly("Article a", "Article b");
        assertThat(status.timeLeft()).isNull();
        assertThat(status.phase()).isEqualTo(MigrationPhase.FAILED);
    }

    @Test
    void saysThatALookFailedAndForgetsNothing() {
        var before = status(SAMPLE, new MigrationStep.Launch(), Optional.empty());
        var migration = Migrations.of(Migrations.HOSTS);
        migration.setStatus(before);

        var after = MigrationStatusBuilder.failing(migration, "The API server answered 500.", Migrations.NOW);

        assertThat(condition(after, "Reconciling").getReason()).isEqualTo("Retrying");
        assertThat(condition(after, "Ready").getReason()).isEqualTo("MigrationRunning");
        assertThat(after.resumedAt()).isEqualTo(before.resumedAt());
        assertThat(after.phase()).isEqualTo(before.phase());
    }

    @Test
    void tellsDecisionsOnce() {
        var begun = status(SAMPLE, new MigrationStep.Begin(), Optional.empty());
        var going = new MigrationStep.Go(MigrationPhase.RUNNING, "ImagePullBackOff", "no such image", false);
        var pulling = status(SAMPLE, going, Optional.empty());
        var fail = new MigrationStep.Fail("SidesDiffer", "They differ.");
        var failed = status(SAMPLE, fail, Optional.empty());

        assertThat(MigrationNews.between(null, begun, new MigrationStep.Begin()))
                .map(Announcement::reason)
                .contains("MigrationStarted");
        assertThat(MigrationNews.between(begun, begun, new MigrationStep.Begin()))
                .map(Announcement::reason)
                .contains("MigrationResumed");
        assertThat(MigrationNews.between(begun, begun, new MigrationStep.Launch()))
                .isEmpty();
        assertThat(MigrationNews.between(begun, pulling, going))
                .hasValueSatisfying(news -> assertThat(news.warning()).isTrue());
        assertThat(MigrationNews.between(pulling, pulling, going)).isEmpty();
        assertThat(MigrationNews.between(pulling, failed, fail))
                .map(Announcement::reason)
                .contains("SidesDiffer");
    }

    @Test
    void looksAgainOnlyWhereSomethingMayChange() {
        var now = Migrations.NOW;
        assertThat(MigrationPace.after(new MigrationStep.Rest(), now)).isEmpty();
        assertThat(MigrationPace.after(new MigrationStep.Finish("m"), now)).isEmpty();
        assertThat(MigrationPace.after(new MigrationStep.Launch(), now)).isPresent();
        var farAway = new MigrationStep.Wait(
                MigrationPhase.SCHEDULED, "Scheduled", "m", false, Optional.of(now.plus(Duration.ofDays(400))));
        assertThat(MigrationPace.after(farAway, now)).contains(Duration.ofMinutes(10));
    }
}
