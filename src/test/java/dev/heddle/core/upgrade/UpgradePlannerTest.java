package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.core.upgrade.Upgrade.Leader;
import dev.heddle.core.upgrade.Upgrade.Policy;
import dev.heddle.core.upgrade.UpgradeStep.BackUp;
import dev.heddle.core.upgrade.UpgradeStep.None;
import dev.heddle.core.upgrade.UpgradeStep.Roll;
import dev.heddle.core.upgrade.UpgradeStep.Wait;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradePlannerTest extends UpgradeScene {
    @Test
    void restsWhenTheVersionRuns() {
        all("new ready");
        wanted = running;
        assertThat(next()).isEqualTo(new None());
    }

    @Test
    void writesDownThatItBegins() {
        all("new ready");
        wanted = "1.38.0";
        assertThat(changed())
                .isEqualTo(new UpgradeStatus(
                        "1.35.2", "1.36.3", "1.38.0", UpgradeStage.ROLLING, NOW.toString(), null, null, null));
    }

    @Test
    void refusesADowngrade() {
        all("new ready");
        wanted = "1.34.9";
        refuses("DowngradeRefused", "1.34.9", "1.35.2");
    }

    @Test
    void beginsOnlyWhenNothingElseGoesOn() {
        all("new ready");
        busy = Optional.of("nodes leave");
        assertThat(next()).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.message())
                .contains("1.36.0", "nodes leave"));
        busy = Optional.empty();
        unsettled = Optional.of("no leader");
        assertThat(next()).isInstanceOf(Wait.class);
        unsettled = Optional.empty();
        pods("new ready", "new ready", "new away");
        assertThat(next()).isInstanceOf(Wait.class);
        pods("new ready", "new ready");
        assertThat(next()).isInstanceOf(Wait.class);
        pods("new ready", "new ready", "old ready");
        assertThat(next()).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.message())
                .contains("configuration"));
    }

    @Test
    void leavesAVersionThatCannotStart() {
        all("new away");
        hopeless = Optional.of("pod db-0 ends again and again");
        assertThat(next()).as("across a minor").isInstanceOf(Wait.class);
        wanted = "1.35.3";
        assertThat(changed().to()).isEqualTo("1.35.3");
        hopeless = Optional.empty();
        assertThat(next()).as("it may come up").isInstanceOf(Wait.class);
    }

    @Test
    void rollsUntilAllPodsServe() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(1));
        pods("old ready", "old ready", "new away");
        assertThat(next()).isEqualTo(new Roll(false));
        all("new ready");
        applied = false;
        assertThat(next()).as("the pods have the former template").isEqualTo(new Roll(false));
        applied = true;
        unsettled = Optional.of("no leader");
        assertThat(next()).isEqualTo(new Roll(false));
        unsettled = Optional.empty();
        assertThat(changed()).isNull();
    }

    @Test
    void remembersALeaderOfTheNewVersion() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(1));
        pods("old ready", "old ready", "new ready");
        leader = Leader.NEW_VERSION;
        assertThat(changed().led()).isTrue();
        notes = changed();
        assertThat(next()).isEqualTo(new Roll(false));
    }

    @Test
    void turnsBackWhenItTakesTooLong() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(11));
        pods("old ready", "old ready", "new away");
        goesTo(UpgradeStage.ROLLINGBACK, "not done within upgrade.timeout (10 min): db-2 is not ready");
        assertThat(changed().since()).isEqualTo(NOW.toString());
        manual = true;
        assertThat(next()).as("a person sets the pace").isEqualTo(new Roll(false));
    }

    @Test
    void goesOnWhileAllPodsServe() {
        noted(UpgradeStage.ROLLING, Duration.ofHours(9));
        pods("old ready", "old ready", "new ready");
        assertThat(next()).isEqualTo(new Roll(false));
    }

    @Test
    void countsEachPodAsProgressButNotForEver() {
        pods("old ready", "new away", "new away");
        pods.set(2, new Member("db-2", 2, false, Optional.of(NOW.minusSeconds(60)), false, true));
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(25));
        assertThat(next()).isEqualTo(new Roll(false));
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(31));
        goesTo(UpgradeStage.ROLLINGBACK, "db-1");
    }

    @Test
    void turnsBackAtOnceWhenThereIsNoHope() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(2));
        pods("old ready", "old ready", "new waiting");
        hopeless = Optional.of("pod db-2: image x cannot be pulled.");
        leader = Leader.UNKNOWN;
        goesTo(UpgradeStage.ROLLINGBACK, "cannot be pulled");
    }

    @Test
    void turnsBackWhenTheSpecDoes() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(1));
        pods("old ready", "old ready", "new away");
        wanted = "1.35.2";
        goesTo(UpgradeStage.ROLLINGBACK, "spec.version is 1.35.2 now");
        leader = Leader.NEW_VERSION;
        notes = UpgradeNotes.led(notes);
        assertThat(next()).as("too late").isEqualTo(new Roll(false));
    }

    @Test
    void staysOnItsWayToALaterVersion() {
        notes = new UpgradeStatus(
                "1.35.2",
                "1.36.3",
                "1.37.0",
                UpgradeStage.ROLLING,
                NOW.minusSeconds(9).toString(),
                null,
                null,
                null);
        pods("old ready", "old ready", "new away");
        wanted = "1.38.0";
        assertThat(next()).isEqualTo(new Roll(false));
    }

    @Test
    void remembersWhatFailedUntilTheSpecChanges() {
        noted(UpgradeStage.ROLLINGBACK, Duration.ofMinutes(1));
        pods("new ready", "new ready", "old ready");
        assertThat(next()).isEqualTo(new Roll(true));
        all("new ready");
        goesTo(UpgradeStage.ROLLEDBACK, "");
        notes = changed();
        refuses("UpgradeFailed", "1.35.2 runs", "set spec.version to 1.35.2, and then to 1.36.0 again");
        wanted = "1.36.1";
        assertThat(changed()).isNull();
    }

    @Test
    void forgetsAStepThatWasNotWantedAnyMore() {
        noted(UpgradeStage.ROLLINGBACK, Duration.ofMinutes(1));
        wanted = "1.35.2";
        all("new ready");
        assertThat(changed()).isNull();
    }

    @Test
    void triesAgainWhatWasTakenBackAndIsWantedAgain() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(1));
        pods("old ready", "old ready", "new away");
        wanted = "1.35.2";
        notes = changed();
        assertThat(notes.stage()).isEqualTo(UpgradeStage.ROLLINGBACK);
        wanted = "1.36.0";
        all("new ready");
        assertThat(changed()).isNull();
    }

    @Test
    void takesABackupFirst() {
        policy = new Policy(Duration.ofMinutes(10), true, true);
        all("new ready");
        assertThat(changed().stage()).isEqualTo(UpgradeStage.BACKINGUP);
        assertThat(changed().backup()).isEqualTo("heddle-before-1-36-0-20260102-030405");

        notes = changed();
        assertThat(next()).isInstanceOfSatisfying(BackUp.class, step -> assertThat(step.id())
                .isEqualTo(notes.backup()));
        backup = new BackupState.Going();
        assertThat(next()).isInstanceOf(BackUp.class);
        backup = new BackupState.Done();
        assertThat(changed().stage()).isEqualTo(UpgradeStage.ROLLING);
        assertThat(changed().backup()).isEqualTo(notes.backup());
    }

    @Test
    void changesNothingWithoutTheBackup() {
        policy = new Policy(Duration.ofMinutes(10), true, true);
        all("new ready");
        notes = changed();
        backup = new BackupState.Failed("no such bucket.");
        goesTo(UpgradeStage.ROLLEDBACK, "no such bucket");
        backup = new BackupState.Going();
        notes = UpgradeNotes.stage(notes, UpgradeStage.BACKINGUP, null, NOW.minus(Duration.ofMinutes(11)));
        goesTo(UpgradeStage.ROLLEDBACK, "upgrade.timeout");
        wanted = "1.35.2";
        assertThat(changed()).isNull();
    }

    @Test
    void refusesWhereThereCanBeNoBackup() {
        policy = new Policy(Duration.ofMinutes(10), true, true);
        backup = new BackupState.Impossible("no bucket is configured.");
        all("new ready");
        refuses("BackupFirstImpossible", "no bucket is configured");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday"})
    void takesAnUnreadableTimeForNow(String since) {
        notes = new UpgradeStatus("1.35.2", "1.36.0", "1.36.0", UpgradeStage.ROLLING, since, null, null, null);
        pods("old ready", "old ready", "new away");
        assertThat(next()).isEqualTo(new Roll(false));
    }
}
