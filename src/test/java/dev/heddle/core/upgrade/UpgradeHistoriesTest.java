package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.common.Version;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.RolloutPlanner.Step;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.core.upgrade.Upgrade.Leader;
import dev.heddle.core.upgrade.Upgrade.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Upgrades of a simulated Weaviate whose operator crashes in the middle of its steps, whose pods fail and recover by
 * chance, whose leader changes, whose versions are broken now and then, and whose users change their minds.
 */
class UpgradeHistoriesTest {
    private static final int HISTORIES = 1000;
    private static final int ENOUGH = 20_000;
    private static final List<String> RELEASES = List.of("1.35.9", "1.36.5", "1.37.3", "1.38.1");
    private static final List<String> WISHES =
            List.of("1.35.2", "1.35.9", "1.36.0", "1.36.5", "1.37.3", "1.38.1", "1.34.0");

    static IntStream seeds() {
        return IntStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsTheQuorumAndEnds(int seed) {
        new History(seed).run();
    }

    /** A pod of the simulation. @param comes rounds until it is ready; below zero: never */
    private static final class Pod {
        private final int ordinal;
        private String version;
        private int configuration;
        private int comes;
        private boolean leaving;
        private Instant readySince;
        /** Whether its node has the only replica of some shard. */
        private boolean lonely;

        Pod(int ordinal, String version, int configuration, Instant now) {
            this.ordinal = ordinal;
            this.version = version;
            this.configuration = configuration;
            this.readySince = now;
        }

        boolean ready() {
            return comes == 0 && !leaving;
        }
    }

    private static final class History {
        private final int seed;
        private final Random random;
        private final int size;
        private final List<Pod> pods = new ArrayList<>();
        private final String broken;
        private final Policy policy;
        private final int restless;
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");
        private String wanted = "1.35.2";
        private String running = "1.35.2";
        private Optional<UpgradeStatus> notes = Optional.empty();
        /** Of the StatefulSet, and what its controller has seen of it. */
        private String template = "1.35.2";

        private int configuration;
        private boolean observed = true;
        private int leader;
        /** Until when things go wrong by themselves. */
        private final int calm;

        private final RestartsTold told;

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.told = new RestartsTold("history " + seed);
            this.size = List.of(1, 3, 3, 5).get(random.nextInt(4));
            this.broken = random.nextInt(3) == 0 ? WISHES.get(2 + random.nextInt(3)) : "";
            this.policy = new Policy(Duration.ofMinutes(5 + random.nextInt(10)), random.nextInt(5) > 0, false);
            this.restless = random.nextInt(4);
            this.calm = 100 + random.nextInt(400);
            for (int i = 0; i < size; i++) {
                var pod = new Pod(i, "1.35.2", 0, now.minusSeconds(600));
                pod.lonely = random.nextInt(3) == 0;
                pods.add(pod);
            }
        }

        void run() {
            wanted = WISHES.get(1 + random.nextInt(WISHES.size() - 1));
            for (int round = 0; ; round++) {
                assertThat(round)
                        .as("history %d ends: %s, notes %s", seed, wanted, notes)
                        .isLessThan(ENOUGH);
                world(round);
                if (random.nextInt(3) > 0) {
                    boolean over = reconcile();
                    if (crash()) {
                        told.forget();
                    } else {
                        told.tell(this::serves, now);
                    }
                    if (over && round > calm && !told.lingers(this::serves)) {
                        break;
                    }
                }
            }
            end();
        }

        private void end() {
            if (notes.isPresent() && notes.get().stage() == UpgradeStage.STOPPED) {
                assertThat(broken)
                        .as("history %d stopped for a reason", seed)
                        .isEqualTo(notes.get().to());
                return;
            }
            assertThat(pods).as("history %d", seed).allSatisfy(pod -> {
                assertThat(pod.ready()).isTrue();
                assertThat(pod.version).isEqualTo(running);
                assertThat(pod.configuration).isEqualTo(configuration);
            });
            boolean refused = Ladder.next(running, wanted, RELEASES) instanceof Ladder.Rung.Refused;
            boolean failed = notes.isPresent() && notes.get().stage() == UpgradeStage.ROLLEDBACK;
            assertThat(running.equals(wanted) || refused || failed)
                    .as("history %d: %s runs, %s is wanted", seed, running, wanted)
                    .isTrue();
            if (failed) {
                assertThat(notes.get().to()).as("history %d", seed).isEqualTo(broken);
            }
        }

        /** What happens without the operator. */
        private void world(int round) {
            now = now.plusSeconds(2 + random.nextInt(5));
            observed |= random.nextInt(3) == 0;
            for (var pod : pods) {
                if (pod.leaving && random.nextInt(3) == 0) {
                    // OnDelete: the StatefulSet controller makes it of the newest template.
                    pod.leaving = false;
                    pod.version = template;
                    pod.configuration = configuration;
                    pod.comes = template.equals(broken) ? -1 : 1 + random.nextInt(5);
                } else if (pod.comes > 0 && --pod.comes == 0) {
                    pod.readySince = now;
                }
            }
            if (round < calm && restless > 0) {
                chance();
            }
            elect();
        }

        private void chance() {
            if (random.nextInt(60) == 0) {
                wanted = WISHES.get(random.nextInt(WISHES.size()));
            }
            if (random.nextInt(80) == 0) {
                configuration++;
                observed = false;
            }
            var any = pods.get(random.nextInt(size));
            if (random.nextInt(60) == 0 && any.ready() && pods.stream().allMatch(Pod::ready)) {
                any.comes = 1 + random.nextInt(8);
            }
            if (random.nextInt(50) == 0) {
                leader = random.nextInt(size);
            }
        }

        private void elect() {
            if (!pods.get(leader).ready() && quorum()) {
                leader = pods.stream().filter(Pod::ready).findFirst().orElseThrow().ordinal;
            }
        }

        private boolean quorum() {
            return pods.stream().filter(Pod::ready).count() * 2 > size;
        }

        private boolean crash() {
            return random.nextInt(5) == 0;
        }

        /** One reconcile; the operator may crash before anything that it does. Whether nothing is left to do. */
        private boolean reconcile() {
            var version = notes.map(UpgradeNotes::version).orElse(running);
            boolean applied = observed && template.equals(version);
            var seen = situation(version, applied);
            var step = UpgradePlanner.next(seen, now);
            boolean over =
                    switch (step) {
                        case UpgradeStep.None _, UpgradeStep.Refuse _ -> roll(seen, applied);
                        case UpgradeStep.Wait _ -> {
                            roll(seen, applied);
                            yield false;
                        }
                        case UpgradeStep.Roll _ -> {
                            roll(seen, applied);
                            yield false;
                        }
                        case UpgradeStep.Halt halt -> {
                            assertThat(halt.words()).isNotBlank();
                            var blocked = seen.rollout().blocked("stopped");
                            var next = RolloutPlanner.next(blocked, now);
                            if (applied && next instanceof Step.Replace replace && !crash()) {
                                replace(pods.get(Integer.parseInt(replace.pod())));
                            }
                            yield next instanceof Step.Wait
                                    && pods.stream().noneMatch(pod -> pod.leaving || pod.comes > 0)
                                    && pods.stream().anyMatch(pod -> !pod.ready());
                        }
                        case UpgradeStep.Change change -> change(change, version);
                        case UpgradeStep.BackUp backUp -> throw new AssertionError(backUp);
                    };
            return over;
        }

        private boolean change(UpgradeStep.Change change, String version) {
            apply(version);
            if (crash()) {
                return false;
            }
            check(change);
            if (change.notes().isEmpty()) {
                running = notes.map(UpgradeNotes::version).orElse(running);
            }
            notes = change.notes();
            return false;
        }

        private void check(UpgradeStep.Change change) {
            var stage = change.notes().map(UpgradeStatus::stage);
            var before = notes.map(UpgradeStatus::stage);
            if (before.isEmpty()) {
                assertThat(pods).as("history %d begins with all pods", seed).allMatch(Pod::ready);
                var from = Version.parse(change.notes().orElseThrow().from()).orElseThrow();
                var to = Version.parse(change.notes().orElseThrow().to()).orElseThrow();
                assertThat(to.minor() - from.minor()).as("history %d", seed).isBetween(0, 1);
            }
            if (stage.equals(Optional.of(UpgradeStage.ROLLINGBACK))
                    && !before.equals(Optional.of(UpgradeStage.ROLLINGBACK))) {
                assertThat(UpgradeNotes.sameMinor(notes.get())
                                || !Boolean.TRUE.equals(notes.get().led()))
                        .as("history %d goes back only where no leader has been", seed)
                        .isTrue();
            }
        }

        private void apply(String version) {
            if (!crash() && !template.equals(version)) {
                template = version;
                observed = false;
            }
        }

        /** Plans, writes the StatefulSet, and replaces a pod. */
        private boolean roll(Upgrade seen, boolean applied) {
            var version = notes.map(UpgradeNotes::version).orElse(running);
            boolean over = false;
            if (applied) {
                var step = RolloutPlanner.next(seen.rollout(), now);
                over = step instanceof Step.Over && pods.stream().allMatch(Pod::ready);
                if (step instanceof Step.Replace replace && may(replace) && !crash()) {
                    replace(pods.get(Integer.parseInt(replace.pod())));
                }
            }
            apply(version);
            return over;
        }

        private boolean may(Step.Replace step) {
            boolean lonely = pods.get(Integer.parseInt(step.pod())).lonely;
            return !step.serving() || !lonely || told.may(step.pod(), now);
        }

        private void replace(Pod pod) {
            if (pod.ready()) {
                assertThat(!pod.lonely || told.of(String.valueOf(pod.ordinal)))
                        .as("history %d announces first", seed)
                        .isTrue();
                assertThat(pods).as("history %d replaces one at a time", seed).allMatch(Pod::ready);
                assertThat((size - 1) * 2 > size || size == 1)
                        .as("history %d keeps its quorum", seed)
                        .isTrue();
            } else {
                assertThat(pods).as("history %d", seed).noneMatch(other -> other.leaving);
            }
            boolean last = pods.stream()
                    .filter(other -> other != pod)
                    .noneMatch(other -> other.version.equals(pod.version) && other.configuration == pod.configuration);
            assertThat(!pod.ready() || pod.ordinal != leader || last)
                    .as("history %d replaces the leader last", seed)
                    .isTrue();
            pod.leaving = true;
        }

        private Optional<Instant> serves(String node) {
            return Optional.of(pods.get(Integer.parseInt(node)))
                    .filter(Pod::ready)
                    .map(pod -> pod.readySince);
        }

        private Upgrade situation(String version, boolean applied) {
            var members = pods.stream()
                    .map(pod -> new Member(
                            String.valueOf(pod.ordinal),
                            pod.ordinal,
                            !applied || !pod.version.equals(version) || pod.configuration != configuration,
                            pod.ready() ? Optional.of(pod.readySince) : Optional.empty(),
                            pod.leaving,
                            !pod.version.equals(running)))
                    .toList();
            boolean answers = random.nextInt(10) > 0 && quorum();
            Optional<String> unsettled =
                    pods.stream().allMatch(Pod::ready) && answers ? Optional.empty() : Optional.of("it does not serve");
            var side = !answers
                    ? Leader.UNKNOWN
                    : members.get(leader).stepped() ? Leader.NEW_VERSION : Leader.FORMER_VERSION;
            var rollout = new Rollout(
                    version,
                    members,
                    size,
                    answers ? Optional.of(String.valueOf(leader)) : Optional.empty(),
                    unsettled,
                    Optional.empty(),
                    false);
            return new Upgrade(
                    running,
                    wanted,
                    RELEASES,
                    notes,
                    policy,
                    rollout,
                    applied,
                    Optional.empty(),
                    side,
                    Optional.empty(),
                    new BackupState.None());
        }
    }
}
