package dev.heddle.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.restore.RestoreSituation.Answers;
import dev.heddle.core.restore.RestoreSituation.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Restores by a simulated Weaviate whose coordinator dies now and then, in the middle of the schema, too, from a bucket
 * that remembers earlier restores, by an operator that crashes before it has written down what it did.
 */
class RestoreHistoriesTest {
    private static final int HISTORIES = 1000;
    private static final int ENOUGH = 3000;
    private static final List<String> ALL = List.of("A", "B", "C");
    private static final String OWN = "Own";

    static IntStream seeds() {
        return IntStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsInATrueStatusAndDeletesNothing(int seed) {
        new History(seed).run();
    }

    /** What stands in restore_config.json, and in the memory of the coordinator while that lives. */
    private static final class Attempt {
        private final Instant startedAt;
        private final String coordinator;
        private String status;

        Attempt(Instant startedAt, String coordinator, String status) {
            this.startedAt = startedAt;
            this.coordinator = coordinator;
            this.status = status;
        }

        boolean goesOn() {
            return status.equals("TRANSFERRING") || status.equals("FINALIZING");
        }
    }

    private static final class History implements RestoreTurn.World {
        private final String name;
        private final Random random;
        private final Map<String, Integer> restarts = new TreeMap<>(Map.of("n-0", 0, "n-1", 0, "n-2", 0));
        private final Set<String> schema = new TreeSet<>(Set.of(OWN));
        private final Set<String> empty = new HashSet<>();
        private final boolean losesObjects;
        private final Policy policy;
        private Optional<Attempt> last;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private RestoreProgress written = RestoreProgress.fresh();
        private Optional<Instant> deleted = Optional.empty();
        private int posts;
        private boolean calm;

        History(int seed) {
            this.name = "history " + seed;
            this.random = new Random(seed);
            this.losesObjects = random.nextInt(6) == 0;
            this.policy = new Policy(Duration.ofMinutes(random.nextInt(5) == 0 ? 2 : 600), false, random.nextBoolean());
            this.last = random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(new Attempt(
                            now.minusSeconds(3600),
                            "gone/0",
                            List.of("SUCCESS", "FAILED", "CANCELED", "TRANSFERRING")
                                    .get(random.nextInt(4))));
        }

        void run() {
            boolean deletes = random.nextInt(4) == 0;
            for (int round = 0; ; round++) {
                assertThat(round).as("%s ends: %s", name, written).isLessThan(ENOUGH);
                calm = round > 200;
                time();
                if (deletes && deleted.isEmpty() && random.nextInt(20) == 0) {
                    deleted = Optional.of(now);
                }
                var turn = RestoreTurn.take(situation(), this);
                if (turn.step() instanceof RestoreStep.Release release) {
                    farewell(release);
                    return;
                }
                if (!chance(6)) {
                    written = turn.progress();
                }
                if (written.over()) {
                    ended();
                    return;
                }
            }
        }

        private RestoreSituation situation() {
            Optional<Obstacle> busy = chance(8)
                    ? Optional.of(new Obstacle("ClusterBusy", "A pod is replaced.", false))
                    : Optional.empty();
            return new RestoreSituation(
                    written,
                    policy,
                    deleted,
                    busy,
                    restarts.keySet().stream()
                            .map(node -> new Node(node, process(node), true))
                            .toList(),
                    Answers.none(),
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

        private boolean goesOn() {
            return last.filter(one -> one.goesOn() && alive(one.coordinator)).isPresent();
        }

        /** The world goes on. */
        private void time() {
            now = now.plusSeconds(1 + random.nextInt(15));
            if (chance(20)) {
                restarts.merge("n-" + random.nextInt(3), 1, Integer::sum);
            }
            if (!goesOn()) {
                return;
            }
            var attempt = last.orElseThrow();
            if (attempt.status.equals("TRANSFERRING") && random.nextInt(3) == 0) {
                attempt.status = chance(6) ? (chance(3) ? "CANCELED" : "FAILED") : "FINALIZING";
            } else if (attempt.status.equals("FINALIZING")) {
                var missing = new TreeSet<>(ALL);
                missing.removeAll(schema);
                if (missing.isEmpty()) {
                    attempt.status = "SUCCESS";
                } else if (chance(15)) {
                    attempt.status = "FAILED";
                } else {
                    schema.add(missing.first());
                    if (losesObjects) {
                        empty.add(missing.first());
                    }
                }
            }
        }

        @Override
        public FitReport check() {
            if (chance(10)) {
                return new FitReport.Unfit("StorageUnreachable", "time-out", false);
            }
            if (ALL.stream().anyMatch(schema::contains)) {
                return new FitReport.Unfit("CollectionExists", "It is there.", true);
            }
            return new FitReport.Fits(
                    new RestoreFit(3, Map.of("n-0", "n-0"), 100, "1.36.0", last.map(one -> one.startedAt)));
        }

        @Override
        public RunReport poll(RestoreProgress progress) {
            if (chance(15)) {
                return new RunReport.Unknown("time-out");
            }
            var former = progress.fit().flatMap(RestoreFit::former);
            var answer = last.filter(one -> !former.equals(Optional.of(one.startedAt)));
            if (answer.isEmpty()) {
                return new RunReport.Absent();
            }
            return switch (answer.get().status) {
                case "SUCCESS" -> new RunReport.Succeeded();
                case "FAILED" -> new RunReport.Failed("no room");
                case "CANCELED" -> new RunReport.Canceled("by hand");
                default -> new RunReport.Going(answer.get().status);
            };
        }

        @Override
        public RunReport post(RestoreProgress progress) {
            assertThat(written.coordinator()).as("%s: written down first", name).isEqualTo(progress.coordinator());
            assertThat(written.attempts()).as(name).isEqualTo(progress.attempts());
            assertThat(alive(progress.coordinator())).as(name).isTrue();
            assertThat(schema).as("%s: nothing of it is there yet", name).containsExactly(OWN);
            if (goesOn()) {
                return new RunReport.Busy("already in progress");
            }
            if (chance(10)) {
                return new RunReport.Unknown("it never arrived");
            }
            posts++;
            last = Optional.of(new Attempt(now, progress.coordinator(), "TRANSFERRING"));
            return chance(5) ? new RunReport.Unknown("the answer was lost") : new RunReport.Going("STARTED");
        }

        @Override
        public void cancel(RestoreProgress progress) {
            assertThat(policy.cancels()).as(name).isTrue();
            last.filter(one -> one.status.equals("TRANSFERRING")).ifPresent(one -> one.status = "CANCELED");
        }

        @Override
        public PresenceReport look(RestoreProgress progress) {
            return chance(10)
                    ? new PresenceReport.Unknown("time-out")
                    : new PresenceReport.Known(
                            ALL.stream().filter(schema::contains).toList(),
                            ALL.stream().filter(one -> !schema.contains(one)).toList());
        }

        @Override
        public ProofReport prove(RestoreProgress progress) {
            if (chance(10)) {
                return new ProofReport.Unknown("StorageUnreachable", "time-out", false);
            }
            boolean good = schema.containsAll(ALL) && empty.isEmpty();
            return new ProofReport.Compared(good ? List.of() : List.of("Something is missing."), List.of());
        }

        private void ended() {
            assertThat(schema).as("%s: what was there stays", name).contains(OWN);
            assertThat(posts).as("%s: attempts", name).isLessThanOrEqualTo(written.attempts());
            assertThat(written.attempts()).as(name).isBetween(0, RestorePlanner.ATTEMPTS);
            if (written.phase() == RestorePhase.SUCCEEDED) {
                assertThat(posts)
                        .as("%s: an earlier one is not taken for this one", name)
                        .isPositive();
                assertThat(schema).as(name).containsAll(ALL);
                assertThat(empty).as(name).isEmpty();
            }
        }

        private void farewell(RestoreStep.Release release) {
            assertThat(deleted).as(name).isPresent();
            assertThat(Duration.between(deleted.get(), now))
                    .as(name)
                    .isLessThan(RestorePlanner.FAREWELL.multipliedBy(2));
            if (goesOn()) {
                assertThat(release.left())
                        .as("%s: people are told that it goes on", name)
                        .isPresent();
            }
        }
    }
}
