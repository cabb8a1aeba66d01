package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.RolloutPlanner.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPlannerTest {
    private static final Instant NOW = Samples.NOW;
    private final List<Member> pods = new ArrayList<>();
    private Optional<String> leader = Optional.of("db-1");
    private Optional<String> unsettled = Optional.empty();
    private Optional<String> blocked = Optional.empty();
    private boolean manual;
    private int size = 3;

    /** @param state old or new; ready, young, away or leaving */
    private RolloutPlannerTest pod(String... state) {
        for (var words : state) {
            var parts = words.split(" ");
            var since =
                    switch (parts[1]) {
                        case "ready", "leaving" -> Optional.of(NOW.minusSeconds(60));
                        case "young" -> Optional.of(NOW.minusSeconds(3));
                        default -> Optional.<Instant>empty();
                    };
            pods.add(new Member(
                    "db-" + pods.size(), pods.size(), parts[0].equals("old"), since, parts[1].equals("leaving"), true));
        }
        return this;
    }

    private Step next() {
        return RolloutPlanner.next(new Rollout("1.36.0", pods, size, leader, unsettled, blocked, manual), NOW);
    }

    private void waits(String words) {
        assertThat(next()).isInstanceOfSatisfying(Step.Wait.class, wait -> assertThat(wait.message())
                .contains(words));
    }

    private void replaces(String name, boolean serving) {
        assertThat(next()).isInstanceOfSatisfying(Step.Replace.class, step -> {
            assertThat(step.pod()).isEqualTo(name);
            assertThat(step.serving()).isEqualTo(serving);
        });
    }

    @Test
    void beginsAtTheHighestOrdinal() {
        pod("old ready", "old ready", "old ready").replaces("db-2", true);
    }

    @Test
    void leavesTheLeaderForLast() {
        leader = Optional.of("db-2");
        pod("old ready", "old ready", "old ready").replaces("db-1", true);
        pods.clear();
        pod("new ready", "new ready", "old ready").replaces("db-2", true);
    }

    @Test
    void waitsForEachPod() {
        pod("old ready", "old ready", "new away").waits("0 of 3 pods on 1.36.0, next db-0: db-2 is not ready");
        pods.clear();
        pod("old ready", "old ready", "new young").waits("db-2 has just become ready");
        pods.clear();
        pod("old ready", "old ready", "old leaving").waits("db-2 is not ready");
        pods.clear();
        pod("old ready", "old ready").waits("2 pods are there, 3 are to be");
    }

    @Test
    void waitsForTheGates() {
        unsettled = Optional.of("no leader");
        pod("old ready", "old ready", "new ready").waits("1 of 3 pods on 1.36.0, next db-0: no leader");
    }

    @Test
    void waitsForOtherWork() {
        blocked = Optional.of("nodes leave");
        pod("old ready", "old ready", "old ready").waits("nodes leave");
    }

    @Test
    void replacesWhatDoesNotServeFirstAndWithoutGates() {
        unsettled = Optional.of("no leader");
        blocked = Optional.of("stopped");
        pod("old away", "old ready", "old ready").replaces("db-0", false);
    }

    @Test
    void butNotWhileAnotherOneIsOnItsWay() {
        pod("old away", "old ready", "new away").waits("db-0 is not ready");
        pods.clear();
        pod("old away", "old ready", "old leaving").waits("db-0 is not ready");
        pods.clear();
        pod("old away", "old ready").waits("2 pods are there");
    }

    @Test
    void replacesOneAfterTheOtherWhereNothingServes() {
        pod("old away", "old away", "new away").replaces("db-1", false);
        pods.clear();
        pod("old away", "old away", "old leaving").waits("db-0 is not ready");
    }

    /** A voter is not ready without a quorum, so that one new pod alone would be waited for without end. */
    @Test
    void replacesAsManyAsAMajorityNeeds() {
        size = 5;
        pod("old ready", "old away", "old away", "old away", "new away").replaces("db-3", false);
        pods.clear();
        pod("old ready", "old away", "old away", "new away", "new away").waits("db-1 is not ready");
    }

    @Test
    void isOverWhenAllAreNew() {
        pod("new ready", "new away", "new leaving");
        assertThat(next()).isEqualTo(new Step.Over());
    }

    @Test
    void leavesItToAPerson() {
        manual = true;
        pod("old away", "old ready", "new ready").waits("delete the others one by one, next db-0");
    }
}
