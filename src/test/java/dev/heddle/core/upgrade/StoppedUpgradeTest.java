package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.Upgrade.Leader;
import dev.heddle.core.upgrade.Upgrade.Policy;
import dev.heddle.core.upgrade.UpgradeStep.Halt;
import dev.heddle.core.upgrade.UpgradeStep.Roll;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the way back is barred, and what is left then. */
class StoppedUpgradeTest extends UpgradeScene {
    @Test
    void stopsWhereTheWayBackIsNotSafe() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(2));
        notes = UpgradeNotes.led(notes);
        pods("new ready", "new ready", "new away");
        hopeless = Optional.of("it ends again and again.");
        goesTo(UpgradeStage.STOPPED, "again and again");
    }

    @Test
    void asksAgainWhoLeadsBeforeItGivesUp() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(10).plusSeconds(30));
        pods("old ready", "old ready", "new away");
        leader = Leader.UNKNOWN;
        assertThat(next()).isEqualTo(new Roll(false));
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(12));
        goesTo(UpgradeStage.STOPPED, "timeout");
    }

    /** It has the version of the step, and a configuration of before. */
    @Test
    void doesNotTurnBackWhereAPodOfTheVersionRan() {
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(12));
        pods("old ready", "old ready", "old away");
        leader = Leader.UNKNOWN;
        goesTo(UpgradeStage.ROLLINGBACK, "timeout");
        pods.set(2, new Member("db-2", 2, true, Optional.empty(), false, true));
        goesTo(UpgradeStage.STOPPED, "timeout");
    }

    @Test
    void goesBackWithinAMinorWhoeverLed() {
        notes = new UpgradeStatus(
                "1.35.2",
                "1.35.3",
                "1.35.3",
                UpgradeStage.ROLLING,
                NOW.minusSeconds(9).toString(),
                true,
                null,
                null);
        wanted = "1.35.3";
        pods("new ready", "new ready", "new away");
        hopeless = Optional.of("gone.");
        goesTo(UpgradeStage.ROLLINGBACK, "gone");
    }

    @Test
    void stopsWhereRollbackIsOff() {
        policy = new Policy(Duration.ofMinutes(10), false, false);
        noted(UpgradeStage.ROLLING, Duration.ofMinutes(11));
        pods("old ready", "old ready", "new away");
        goesTo(UpgradeStage.STOPPED, "upgrade.rollback is off");
    }

    @Test
    void saysWhatIsLeftWhenItStopped() {
        notes = new UpgradeStatus(
                "1.35.2", "1.36.0", "1.36.0", UpgradeStage.STOPPED, NOW.toString(), true, "b-1", "db-0 is not ready");
        pods("new away", "new ready", "new ready");
        leader = Leader.NEW_VERSION;
        assertThat(next()).isInstanceOfSatisfying(Halt.class, halt -> assertThat(halt.words())
                .contains(
                        "db-0 is not ready.",
                        "spec.version to a later patch",
                        "restore backup b-1 into a cluster of 1.35.2"));
    }

    @Test
    void goesOnWhenThePodsServeAgain() {
        noted(UpgradeStage.STOPPED, Duration.ofMinutes(1));
        pods("old ready", "new ready", "new ready");
        goesTo(UpgradeStage.ROLLING, "");
        all("new ready");
        assertThat(changed()).isNull();
    }

    @Test
    void triesALaterPatchWhereItStopped() {
        notes = new UpgradeStatus(
                "1.35.2", "1.36.0", "1.36.0", UpgradeStage.STOPPED, "2026-01-01T00:00:00Z", true, "b-1", "db-0 ends");
        pods("new away", "new ready", "new ready");
        leader = Leader.NEW_VERSION;
        for (var version : List.of("1.36.0", "1.35.9", "1.35.2")) {
            wanted = version;
            assertThat(next()).as(version).isInstanceOf(Halt.class);
        }
        wanted = "1.36.1";
        assertThat(changed())
                .isEqualTo(new UpgradeStatus(
                        "1.35.2", "1.36.1", "1.36.1", UpgradeStage.ROLLING, NOW.toString(), true, "b-1", null));
        wanted = "1.38.0";
        assertThat(changed().to()).as("the newest that is known").isEqualTo("1.36.3");
        notes = changed();
        hopeless = Optional.of("it ends too.");
        goesTo(UpgradeStage.STOPPED, "it ends too");
    }

    @Test
    void goesBackFromAStopWhereThatIsSafe() {
        noted(UpgradeStage.STOPPED, Duration.ofMinutes(1));
        pods("old ready", "old ready", "new away");
        assertThat(next()).isInstanceOfSatisfying(Halt.class, halt -> assertThat(halt.words())
                .contains("set spec.version to 1.35.2 to go back"));
        wanted = "1.35.2";
        goesTo(UpgradeStage.ROLLINGBACK, "spec.version");
    }
}
