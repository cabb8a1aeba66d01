package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.core.upgrade.Upgrade.Leader;
import dev.heddle.core.upgrade.Upgrade.Policy;
import dev.heddle.core.upgrade.UpgradeStep.Change;
import dev.heddle.core.upgrade.UpgradeStep.Refuse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Three nodes on the way from 1.35.2, unless a test says otherwise. */
abstract class UpgradeScene {
    static final Instant NOW = Samples.NOW;
    static final List<String> RELEASES = List.of("1.36.3", "1.37.1");

    String running = "1.35.2";
    String wanted = "1.36.0";
    UpgradeStatus notes;
    Policy policy = new Policy(Duration.ofMinutes(10), true, false);
    final List<Member> pods = new ArrayList<>();
    Optional<String> unsettled = Optional.empty();
    boolean manual;
    boolean applied = true;
    Optional<String> busy = Optional.empty();
    Leader leader = Leader.FORMER_VERSION;
    Optional<String> hopeless = Optional.empty();
    BackupState backup = new BackupState.None();

    UpgradeStep next() {
        var rollout =
                new Rollout("1.36.0", List.copyOf(pods), 3, Optional.empty(), unsettled, Optional.empty(), manual);
        return UpgradePlanner.next(
                new Upgrade(
                        running,
                        wanted,
                        RELEASES,
                        Optional.ofNullable(notes),
                        policy,
                        rollout,
                        applied,
                        busy,
                        leader,
                        hopeless,
                        backup),
                NOW);
    }

    /** @param states old or new, ready or away, or waiting: not ready, and its container never ran */
    void pods(String... states) {
        pods.clear();
        for (var state : states) {
            pods.add(new Member(
                    "db-" + pods.size(),
                    pods.size(),
                    state.startsWith("old"),
                    state.endsWith("ready") ? Optional.of(NOW.minus(Duration.ofHours(1))) : Optional.empty(),
                    false,
                    state.startsWith("new") && !state.endsWith("waiting")));
        }
    }

    void all(String state) {
        pods(state, state, state);
    }

    void noted(UpgradeStage stage, Duration ago) {
        notes = new UpgradeStatus(
                "1.35.2", "1.36.0", "1.36.0", stage, NOW.minus(ago).toString(), null, null, null);
    }

    UpgradeStatus changed() {
        assertThat(next()).isInstanceOf(Change.class);
        return ((Change) next()).notes().orElse(null);
    }

    void goesTo(UpgradeStage stage, String words) {
        assertThat(changed().stage()).isEqualTo(stage);
        assertThat(String.valueOf(changed().message())).contains(words);
    }

    void refuses(String reason, String... words) {
        assertThat(next()).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.reason()).isEqualTo(reason);
            assertThat(refuse.words()).contains(words);
        });
    }
}
