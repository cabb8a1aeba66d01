package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.BackupLeftover;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupSituation.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupPlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Node FIRST = new Node("db-0", "uid/0", true);
    private static final Node SECOND = new Node("db-1", "uid/1", true);

    private BackupProgress progress = BackupProgress.fresh();
    private Policy policy = new Policy(Duration.ofHours(1), false, false);
    private Optional<Instant> deleted = Optional.empty();
    private Optional<Obstacle> obstacle = Optional.empty();
    private List<Node> nodes = List.of(FIRST, SECOND);
    private RunReport run = new RunReport.NotAsked();
    private StoreReport store = new StoreReport.NotAsked();
    private Set<String> swept = Set.of();

    private BackupStep next() {
        return BackupPlanner.next(
                new BackupSituation("nightly", progress, policy, deleted, obstacle, nodes, run, store, swept, NOW));
    }

    private void begun(int attempts) {
        for (int i = 0; i < attempts; i++) {
            progress = progress.begun("nightly-" + i, FIRST, NOW.minusSeconds(60));
        }
    }

    @Test
    void looksIntoTheBucketBeforeItBegins() {
        assertThat(next()).isEqualTo(new BackupStep.Probe());

        store = new StoreReport.Reachable();
        assertThat(next()).isEqualTo(new BackupStep.Begin("nightly-20260102030405", FIRST));
    }

    @ParameterizedTest
    @CsvSource({"true, STUCK", "false, WAITING"})
    void waitsForABucketThatCannotBeRead(boolean person, BackupStep.Mood mood) {
        store = new StoreReport.Trouble("StorageDenied", "403", person);

        assertThat(next()).isEqualTo(new BackupStep.Wait("StorageDenied", "403", mood));
    }

    @Test
    void waitsItsTurn() {
        obstacle = Optional.of(new Obstacle("ClusterBusy", "a pod is replaced", false));

        assertThat(next()).isEqualTo(new BackupStep.Wait("ClusterBusy", "a pod is replaced", BackupStep.Mood.WAITING));
    }

    @Test
    void doesNotBeginWhileSuspended() {
        policy = new Policy(Duration.ofHours(1), true, false);

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Wait.class, wait -> assertThat(wait.reason())
                .isEqualTo("Suspended"));
    }

    @Test
    void carriesOnThoughSuspended() {
        policy = new Policy(Duration.ofHours(1), true, false);
        begun(1);
        progress = progress.accepted();

        assertThat(next()).isEqualTo(new BackupStep.Poll());
    }

    @Test
    void takesAnotherCoordinatorNextTime() {
        begun(1);
        progress = progress.retried(NOW);
        swept = Set.of("nightly-0");
        store = new StoreReport.Reachable();

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Begin.class, begin -> assertThat(begin.node())
                .isEqualTo(SECOND));
    }

    @Test
    void takesTheSameOneWhereThereIsNoOther() {
        nodes = List.of(FIRST, new Node("db-1", "uid/1", false));
        begun(1);
        progress = progress.retried(NOW);
        swept = Set.of("nightly-0");
        store = new StoreReport.Reachable();

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Begin.class, begin -> assertThat(begin.node())
                .isEqualTo(FIRST));
    }

    @Test
    void neverUsesAnIdTwice() {
        progress = progress.begun("nightly-20260102030405", FIRST, NOW).retried(NOW);
        swept = Set.of("nightly-20260102030405");
        store = new StoreReport.Reachable();

        assertThat(next()).isInstanceOf(BackupStep.Wait.class);
    }

    @Test
    void asksWeaviateOnlyAfterItLookedWhetherItDidSo() {
        begun(1);
        assertThat(next()).isEqualTo(new BackupStep.Poll());
        run = new RunReport.Absent();
        assertThat(next()).isEqualTo(new BackupStep.Post());
        run = new RunReport.Going("STARTED");
        assertThat(next()).isEqualTo(new BackupStep.Accept());
    }

    @Test
    void doesNotAskWhileTheClusterIsAtWork() {
        begun(1);
        run = new RunReport.Absent();
        obstacle = Optional.of(new Obstacle("ClusterBusy", "a pod is replaced", false));

        assertThat(next()).isInstanceOf(BackupStep.Wait.class);
    }

    @Test
    void givesUpWhatWeaviateRefuses() {
        begun(1);
        run = new RunReport.Refused("class Nope doesn't exist");

        assertThat(next()).isEqualTo(new BackupStep.Fail("BackupRefused", "class Nope doesn't exist", true, false));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void triesAgainWhenTheCoordinatorIsLost(int attempts, boolean again) {
        begun(attempts);
        progress = progress.accepted();
        nodes = List.of(new Node("db-0", "uid/7", true), SECOND);
        run = new RunReport.Going("STARTED");

        assertThat(next()).isInstanceOf(again ? BackupStep.Retry.class : BackupStep.Fail.class);
    }

    @Test
    void believesTheBucketThoughTheCoordinatorIsGone() {
        begun(1);
        progress = progress.accepted();
        nodes = List.of(SECOND);
        run = new RunReport.Succeeded();

        assertThat(next()).isEqualTo(new BackupStep.Written());
    }

    @ParameterizedTest
    @CsvSource({"backup canceled due to node restart, true", "context canceled, false"})
    void toldApartWhoCancelled(String words, boolean again) {
        begun(1);
        progress = progress.accepted();
        run = new RunReport.Canceled(words);

        assertThat(next()).isInstanceOf(again ? BackupStep.Retry.class : BackupStep.Fail.class);
    }

    @Test
    void endsWhatTakesTooLong() {
        begun(1);
        progress = progress.accepted();
        policy = new Policy(Duration.ofSeconds(59), false, false);
        run = new RunReport.Going("TRANSFERRING");

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo("TimedOut");
            assertThat(fail.message()).contains("59s", "spec.timeout");
            assertThat(fail.cancel()).isTrue();
            assertThat(fail.cleanUp()).isTrue();
        });
    }

    @Test
    void countsOnlyWhatIsProven() {
        begun(1);
        progress = progress.accepted().written(NOW);
        assertThat(next()).isEqualTo(new BackupStep.Verify());

        store = new StoreReport.Found(new BackupProof(List.of(), 5, 0, 1, Set.of("A"), Set.of(), "1.35.2", 0));
        assertThat(next()).isInstanceOf(BackupStep.Finish.class);

        store = new StoreReport.Found(
                new BackupProof(List.of("chunk-1 is missing."), 5, 0, 1, Set.of("A"), Set.of(), "1.35.2", 0));
        assertThat(next()).isInstanceOfSatisfying(BackupStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo("NotProven");
            assertThat(fail.message()).contains("chunk-1 is missing.");
            assertThat(fail.cleanUp()).isFalse();
        });
    }

    @Test
    void needsAPersonWhereTheBucketStaysShut() {
        begun(1);
        progress = progress.accepted().written(NOW);
        store = new StoreReport.Trouble("StorageDenied", "wrong keys", true);

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Wait.class, wait -> assertThat(wait.mood())
                .isEqualTo(BackupStep.Mood.STUCK));
    }

    @Test
    void isUnsureWhileTheBucketIsAway() {
        begun(1);
        progress = progress.accepted().written(NOW);
        store = new StoreReport.Trouble("StorageUnreachable", "time-out", false);

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Wait.class, wait -> assertThat(wait.mood())
                .isEqualTo(BackupStep.Mood.UNSURE));
    }

    @Test
    void cancelsWhatRunsWhenTheResourceGoes() {
        deleted = Optional.of(NOW.minusSeconds(1));
        begun(1);
        progress = progress.accepted();

        assertThat(next()).isInstanceOfSatisfying(BackupStep.Fail.class, fail -> {
            assertThat(fail.cancel()).isTrue();
            assertThat(fail.cleanUp()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void keepsAProvenBackupUnlessToldOtherwise(boolean deletes) {
        deleted = Optional.of(NOW.minusSeconds(1));
        policy = new Policy(Duration.ofHours(1), false, deletes);
        begun(1);
        progress = progress.accepted()
                .written(NOW)
                .proven(new BackupProof(List.of(), 5, 0, 1, Set.of("A"), Set.of(), "1.35.2", 0));

        assertThat(next()).isEqualTo(deletes ? new BackupStep.Discard() : new BackupStep.Release(List.of()));
    }

    @Test
    void neverHoldsAResourceForLong() {
        deleted = Optional.of(NOW.minusSeconds(121));
        begun(1);
        progress = progress.accepted();

        assertThat(next()).as("cancels once, however late").isInstanceOf(BackupStep.Fail.class);
        progress = progress.failed(true, NOW);
        assertThat(next()).as("sweeps once").isEqualTo(new BackupStep.CleanUp("nightly-0"));
        swept = Set.of("nightly-0");
        assertThat(next()).isEqualTo(new BackupStep.Release(List.of("nightly-0")));
    }

    @Test
    void sweepsUntilNothingWasFoundForLong() {
        var since = NOW.minusSeconds(100);
        var left = progress.begun("a", FIRST, since).retried(since);

        assertThat(left.swept("a", false, false, NOW).leftovers()).hasSize(1);
        assertThat(left.swept("a", true, false, NOW.plusSeconds(60)).leftovers())
                .containsExactly(new BackupLeftover("a", NOW.plusSeconds(60).toString()));
        assertThat(left.swept("a", false, false, NOW.plusSeconds(21)).leftovers())
                .isEmpty();
        assertThat(left.swept("a", false, true, NOW).leftovers()).isEmpty();
    }

    @Test
    void restsWhenItIsOver() {
        begun(1);
        progress = progress.failed(true, NOW);
        swept = Set.of("nightly-0");

        assertThat(progress.phase()).isEqualTo(BackupPhase.FAILED);
        assertThat(progress.id()).isEmpty();
        assertThat(next()).isEqualTo(new BackupStep.Rest());
    }

    @ParameterizedTest
    @CsvSource({
        "nightly, nightly",
        "before.the-move, before-the-move",
        "a123456789012345678901234567890123456789012345678901234567890123456789, a12345678901234567890123456789012345678901234567890123456789012"
    })
    void namesWhatWeaviateAdmits(String name, String id) {
        assertThat(BackupIds.of(BackupIds.stem(name, "u"), NOW))
                .matches("^" + id + "-[0-9a-f]{8}-20260102030405$")
                .matches("^[a-z0-9_-]+$");
    }

    /** In two clusters that write below one prefix, in the same second. */
    @Test
    void namesNoTwoResourcesAlike() {
        assertThat(BackupIds.of(BackupIds.stem("nightly", "u"), NOW))
                .isNotEqualTo(BackupIds.of(BackupIds.stem("nightly", "v"), NOW));
        assertThat(BackupIds.stem("a.b", "u")).isNotEqualTo(BackupIds.stem("a-b", "v"));
    }
}
