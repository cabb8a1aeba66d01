package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupSituation.Policy;
import dev.heddle.core.backup.BackupStep.Mood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backups by a simulated Weaviate whose coordinator dies now and then, into a bucket that is away now and then, by an
 * operator that crashes before it has written down what it did.
 */
class BackupHistoriesTest {
    private static final int HISTORIES = 2000;
    private static final int ENOUGH = 4000;

    static IntStream seeds() {
        return IntStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsInATrueStatusAndLeavesNoLitter(int seed) {
        new History(seed).run();
    }

    /** What one attempt is to Weaviate. */
    private static final class Attempt {
        private final String coordinator;
        private String status = "STARTED";
        /** When nodes that do not know that their coordinator died stop writing. */
        private Optional<Instant> until = Optional.empty();

        Attempt(String coordinator) {
            this.coordinator = coordinator;
        }

        boolean writes(Instant now) {
            return until.map(now::isBefore).orElse(status.equals("STARTED"));
        }
    }

    private static final class History implements BackupTurn.World {
        private final String name;
        private final Random random;
        private final Map<String, Integer> restarts = new TreeMap<>(Map.of("n-0", 0, "n-1", 0, "n-2", 0));
        private final Map<String, Attempt> attempts = new HashMap<>();
        /** Number of objects by id; 100 are a whole backup. */
        private final Map<String, Integer> bucket = new HashMap<>();

        private final Set<String> used = new HashSet<>();
        private final boolean unreliable;
        private final Policy policy;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private BackupProgress written = BackupProgress.fresh();
        private Optional<Instant> deleted = Optional.empty();
        private boolean away;
        private boolean calm;

        History(int seed) {
            this.name = "history " + seed;
            this.random = new Random(seed);
            this.unreliable = random.nextInt(4) == 0;
            this.policy = new Policy(Duration.ofMinutes(random.nextInt(5) == 0 ? 2 : 600), false, random.nextBoolean());
        }

        void run() {
            boolean deletes = random.nextInt(4) == 0;
            for (int round = 0; ; round++) {
                assertThat(round).as("%s ends: %s", name, written).isLessThan(ENOUGH);
                calm = round > 300;
                time();
                if (deletes && deleted.isEmpty() && random.nextInt(60) == 0) {
                    deleted = Optional.of(now);
                }
                var turn = BackupTurn.take(situation(), this);
                if (turn.step() instanceof BackupStep.Release release) {
                    farewell(release);
                    return;
                }
                if (!chance(6)) {
                    written = turn.progress();
                }
                boolean ended = written.over() && written.leftovers().isEmpty();
                if (ended && (!deletes || deleted.isEmpty() && calm)) {
                    ended();
                    return;
                }
            }
        }

        private BackupSituation situation() {
            Optional<Obstacle> busy = chance(8)
                    ? Optional.of(new Obstacle("ClusterBusy", "A pod is replaced.", false))
                    : Optional.empty();
            return new BackupSituation(
                    "nightly",
                    written,
                    policy,
                    deleted,
                    busy,
                    restarts.keySet().stream()
                            .map(node -> new Node(node, process(node), true))
                            .toList(),
                    new RunReport.NotAsked(),
                    new StoreReport.NotAsked(),
                    Set.of(),
                    now);
        }

        private String process(String node) {
            return node + "/" + restarts.get(node);
        }

        private boolean alive(String process) {
            return restarts.keySet().stream().anyMatch(node -> process(node).equals(process));
        }

        private boolean chance(int of) {
            return !calm && random.nextInt(of) == 0;
        }

        /** The world goes on. */
        private void time() {
            now = now.plusSeconds(1 + random.nextInt(15));
            away = away ? random.nextInt(4) != 0 && !calm : chance(12);
            if (chance(25)) {
                var node = "n-" + random.nextInt(3);
                restarts.merge(node, 1, Integer::sum);
                attempts.values().stream()
                        .filter(one -> one.status.equals("STARTED") && one.until.isEmpty() && !alive(one.coordinator))
                        .forEach(one -> one.until = Optional.of(now.plusSeconds(random.nextInt(90))));
            }
            attempts.forEach((id, attempt) -> {
                // Nodes without a coordinator write now and then, not at every look.
                if (attempt.writes(now) && (attempt.until.isEmpty() || random.nextInt(4) == 0)) {
                    bucket.merge(id, 1 + random.nextInt(30), Integer::sum);
                    if (attempt.until.isEmpty()) {
                        progress(id, attempt);
                    }
                }
            });
            assertThat(attempts.values().stream().filter(one -> one.status.equals("STARTED") && alive(one.coordinator)))
                    .as("%s: runs at once", name)
                    .hasSizeLessThan(2);
        }

        private void progress(String id, Attempt attempt) {
            if (bucket.get(id) >= 100) {
                attempt.status = "SUCCESS";
                bucket.put(id, unreliable && random.nextBoolean() ? 99 : 100);
            } else if (chance(40)) {
                attempt.status = chance(3) ? "CANCELED" : "FAILED";
            }
        }

        @Override
        public RunReport poll(BackupProgress progress) {
            var attempt = attempts.get(progress.id().orElseThrow());
            if (attempt == null) {
                return chance(10) ? new RunReport.Unknown("time-out") : new RunReport.Absent();
            }
            if (away && !alive(attempt.coordinator) || chance(15)) {
                return new RunReport.Unknown("time-out");
            }
            return switch (attempt.status) {
                case "SUCCESS" -> new RunReport.Succeeded();
                case "FAILED" -> new RunReport.Failed("no room");
                case "CANCELED" -> new RunReport.Canceled("by hand");
                default -> new RunReport.Going(attempt.status);
            };
        }

        @Override
        public RunReport post(BackupProgress progress) {
            assertThat(written.id()).as("%s: written down first", name).isEqualTo(progress.id());
            assertThat(written.coordinator()).as(name).isEqualTo(progress.coordinator());
            assertThat(alive(progress.coordinator())).isTrue();
            var id = progress.id().orElseThrow();
            if (away) {
                bucket.merge(id, 1, Integer::sum);
                return new RunReport.Barred("access-check");
            }
            if (attempts.values().stream().anyMatch(other -> other.writes(now))) {
                return new RunReport.Busy("already in progress");
            }
            if (chance(10)) {
                return new RunReport.Unknown("it never arrived");
            }
            assertThat(used.add(id)).as("%s: %s is new", name, id).isTrue();
            attempts.put(id, new Attempt(progress.coordinator()));
            bucket.put(id, 1);
            return chance(5) ? new RunReport.Unknown("the answer was lost") : new RunReport.Going("STARTED");
        }

        @Override
        public void cancel(BackupProgress progress) {
            var attempt = attempts.get(progress.id().orElseThrow());
            if (attempt != null && alive(attempt.coordinator) && attempt.status.equals("STARTED")) {
                attempt.status = "CANCELED";
                attempt.until = Optional.of(now.plusSeconds(random.nextInt(5)));
            }
        }

        @Override
        public StoreReport probe() {
            return away ? trouble() : new StoreReport.Reachable();
        }

        @Override
        public StoreReport look(String id) {
            if (away) {
                return trouble();
            }
            int objects = bucket.getOrDefault(id, 0);
            List<String> problems = objects == 100 ? List.of() : List.of("A chunk is missing.");
            return objects == 0
                    ? new StoreReport.Nothing()
                    : new StoreReport.Found(
                            new BackupProof(problems, objects, 0, objects, Set.of("A"), Set.of(), "1.35.2", 0));
        }

        @Override
        public StoreReport sweep(String id) {
            if (away) {
                return trouble();
            }
            assertThat(written.phase() == BackupPhase.SUCCEEDED && written.id().equals(Optional.of(id)))
                    .as("%s: a proven backup is never removed", name)
                    .isFalse();
            return bucket.remove(id) == null ? new StoreReport.Nothing() : new StoreReport.Reachable();
        }

        private static StoreReport trouble() {
            return new StoreReport.Trouble("StorageUnreachable", "time-out", false);
        }

        private void ended() {
            var kept = new ArrayList<>(bucket.keySet());
            if (written.phase() == BackupPhase.SUCCEEDED) {
                assertThat(kept)
                        .as("%s: litter", name)
                        .containsExactly(written.id().orElseThrow());
                assertThat(bucket.get(kept.getFirst())).isEqualTo(100);
                assertThat(written.result()).isPresent();
            } else {
                // What is not proven stays, and is named.
                assertThat(kept).as("%s: litter", name).hasSizeLessThan(2).allMatch(id -> written.id()
                        .equals(Optional.of(id)));
            }
            assertThat(written.attempts()).isBetween(1, BackupPlanner.ATTEMPTS);
        }

        private void farewell(BackupStep.Release release) {
            assertThat(deleted).isPresent();
            var patience = BackupPlanner.FAREWELL.plusSeconds(60);
            assertThat(Duration.between(deleted.get(), now)).as(name).isLessThan(patience.multipliedBy(2));
            var unnamed = new HashSet<>(bucket.keySet());
            release.left().forEach(unnamed::remove);
            boolean keeps = written.over() && !policy.deletesData();
            if (keeps) {
                written.id().ifPresent(unnamed::remove);
            }
            assertThat(unnamed).as("%s: litter nobody is told of", name).isEmpty();
        }
    }

    /** What the moods mean to the clock. */
    @org.junit.jupiter.api.Test
    void looksAgainUnlessItIsOver() {
        var now = Instant.parse("2026-01-01T00:00:00Z");
        for (var mood : Mood.values()) {
            var turn = new BackupTurn(
                    new BackupStep.Wait("ClusterBusy", "later", mood), BackupProgress.fresh(), Optional.empty());
            assertThat(BackupPace.after(turn, now)).hasValueSatisfying(pause -> assertThat(pause)
                    .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        }
        var over = new BackupTurn(new BackupStep.Rest(), BackupProgress.fresh(), Optional.empty());
        assertThat(BackupPace.after(over, now)).isEmpty();
    }
}
