package dev.heddle.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.restore.RestoreSituation.Answers;
import dev.heddle.core.restore.RestoreSituation.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorePlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Node FIRST = new Node("db-0", "uid/0", true);
    private static final Node SECOND = new Node("db-1", "uid/1", true);
    private static final RestoreFit FIT = new RestoreFit(2, Map.of("a-0", "db-0"), 10, "1.36.0", Optional.empty());

    private RestoreProgress progress = RestoreProgress.fresh();
    private Policy policy = new Policy(Duration.ofHours(1), false, true);
    private Optional<Instant> deleted = Optional.empty();
    private Optional<Obstacle> obstacle = Optional.empty();
    private List<Node> nodes = List.of(FIRST, SECOND);
    private Answers answers = Answers.none();

    private RestoreStep next() {
        return RestorePlanner.next(new RestoreSituation(progress, policy, deleted, obstacle, nodes, answers, NOW));
    }

    private void begun(int attempts, Duration ago) {
        for (int i = 0; i < attempts; i++) {
            progress = progress.retried().begun(FIRST, FIT, NOW.minus(ago));
        }
    }

    private void running(int attempts) {
        begun(attempts, Duration.ofMinutes(1));
        progress = progress.accepted();
    }

    private void there(List<String> there, List<String> missing) {
        answers = answers.with(new PresenceReport.Known(there, missing));
    }

    @Test
    void checksBeforeItBegins() {
        assertThat(next()).isEqualTo(new RestoreStep.Check());
        answers = answers.with(new FitReport.Fits(FIT));
        assertThat(next()).isEqualTo(new RestoreStep.Begin(FIRST, FIT));
        nodes = List.of(new Node("db-0", "uid/0", false));
        assertThat(next()).isEqualTo(new RestoreStep.Wait("ClusterNotReady", "No node of it is ready.", Mood.WAITING));
    }

    @ParameterizedTest
    @CsvSource({"true, STUCK", "false, WAITING"})
    void saysWhyItDoesNotFit(boolean person, Mood mood) {
        answers = answers.with(new FitReport.Unfit("TooFewNodes", "words", person));

        assertThat(next()).isEqualTo(new RestoreStep.Wait("TooFewNodes", "words", mood));
    }

    @Test
    void waitsItsTurnAlsoWhenItIsWrittenDown() {
        obstacle = Optional.of(new Obstacle("ClusterBusy", "words", false));
        assertThat(next()).isEqualTo(new RestoreStep.Wait("ClusterBusy", "words", Mood.WAITING));
        begun(1, Duration.ZERO);
        answers = answers.with(new RunReport.Absent());
        there(List.of(), List.of("A"));
        assertThat(next()).isEqualTo(new RestoreStep.Wait("ClusterBusy", "words", Mood.WAITING));
        obstacle = Optional.empty();
        assertThat(next()).isEqualTo(new RestoreStep.Post());
    }

    @Test
    void doesNotAskWhereCollectionsHaveCome() {
        begun(1, Duration.ZERO);
        answers = answers.with(new RunReport.Absent());
        assertThat(next()).isEqualTo(new RestoreStep.Look());
        there(List.of("A"), List.of("B"));
        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Fail.class, fail -> assertThat(fail.reason())
                .isEqualTo("PartlyRestored"));
    }

    @Test
    void looksWhatADeadCoordinatorHasLeft() {
        running(1);
        nodes = List.of(new Node("db-0", "uid/9", true), SECOND);
        answers = answers.with(new RunReport.Going("TRANSFERRING"));
        assertThat(next()).isEqualTo(new RestoreStep.Look());
        there(List.of(), List.of("A", "B"));
        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Retry.class, retry -> assertThat(retry.reason())
                .isEqualTo("CoordinatorLost"));
        there(List.of("A", "B"), List.of());
        assertThat(next()).isEqualTo(new RestoreStep.Written());
        there(List.of("A"), List.of("B"));
        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo("PartlyRestored");
            assertThat(fail.message()).contains("in part: A; missing: B").contains("Nothing was removed");
            assertThat(fail.cancel()).isFalse();
        });
    }

    @Test
    void asksAnotherNodeTheNextTime() {
        running(1);
        progress = progress.retried();
        answers = answers.with(new FitReport.Fits(FIT));

        assertThat(next()).isEqualTo(new RestoreStep.Begin(SECOND, FIT));
    }

    @Test
    void givesUpAfterThree() {
        running(RestorePlanner.ATTEMPTS);
        answers = answers.with(new RunReport.Failed("no room"));
        there(List.of(), List.of("A"));

        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo("RestoreFailed");
            assertThat(fail.message()).contains("no room", "last of 3 attempts", "nothing of it");
        });
    }

    @ParameterizedTest
    @CsvSource({"TRANSFERRING, true, TimedOut", "TRANSFERRING, false, TimedOut", "FINALIZING, true, RestoreRunning"})
    void hasATimeLimit(String status, boolean cancels, String reason) {
        policy = new Policy(Duration.ofHours(1), false, cancels);
        begun(1, Duration.ofHours(2));
        progress = progress.accepted();
        answers = answers.with(new RunReport.Going(status));

        var step = next();

        assertThat(step instanceof RestoreStep.Fail fail ? fail.reason() : ((RestoreStep.Wait) step).reason())
                .isEqualTo(reason);
        if (step instanceof RestoreStep.Fail fail) {
            assertThat(fail.message()).contains(cancels ? "told to stop;" : "before 1.36.0 cannot be told to stop");
        }
    }

    @Test
    void comparesWithPatience() {
        running(1);
        progress = progress.written(NOW.minusSeconds(5));
        assertThat(next()).isEqualTo(new RestoreStep.Verify());
        answers = answers.with(new ProofReport.Compared(List.of("a shard is not there"), List.of()));
        assertThat(next()).isInstanceOf(RestoreStep.Wait.class);
        progress = progress.written(NOW.minus(RestorePlanner.PATIENCE));
        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Fail.class, fail -> {
            assertThat(fail.reason()).isEqualTo("NotProven");
            assertThat(fail.message()).contains("a shard is not there");
        });
        answers = answers.with(new ProofReport.Compared(List.of(), List.of("note")));
        assertThat(next()).isEqualTo(new RestoreStep.Finish(List.of("note")));
    }

    @Test
    void cancelsWhatIsDeleted() {
        deleted = Optional.of(NOW);
        assertThat(next()).isEqualTo(new RestoreStep.Release(Optional.empty()));
        running(1);
        assertThat(next()).isEqualTo(new RestoreStep.Poll());
        answers = answers.with(new RunReport.Going("TRANSFERRING"));
        assertThat(next()).isEqualTo(new RestoreStep.Cancel());
        answers = answers.asCanceled();
        assertThat(next()).isInstanceOf(RestoreStep.Wait.class);
        deleted = Optional.of(NOW.minus(RestorePlanner.FAREWELL).minusSeconds(1));
        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Release.class, gone -> assertThat(gone.left())
                .hasValueSatisfying(words -> assertThat(words).contains("not confirmed")));
    }

    @Test
    void letsGoWhereNothingCanBeCancelled() {
        deleted = Optional.of(NOW);
        policy = new Policy(Duration.ofHours(1), false, false);
        running(1);
        answers = answers.with(new RunReport.Going("STARTED"));

        assertThat(next()).isInstanceOfSatisfying(RestoreStep.Release.class, gone -> assertThat(gone.left())
                .hasValueSatisfying(words -> assertThat(words).contains("it goes on")));
    }

    @Test
    void restsWhenItIsOver() {
        running(1);
        progress = progress.failed(NOW);
        assertThat(progress.phase()).isEqualTo(RestorePhase.FAILED);
        assertThat(next()).isEqualTo(new RestoreStep.Rest());
    }
}
