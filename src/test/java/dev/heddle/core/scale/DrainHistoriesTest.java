package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.scale.ScaleStep.Move;
import dev.heddle.core.scale.ShardLayout.Collection;
import dev.heddle.core.scale.ShardLayout.Operation;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scale-ins of a simulated Weaviate whose operator crashes in the middle of its steps, whose moves fail now and then,
 * and whose users make collections meanwhile.
 */
class DrainHistoriesTest {
    private static final int HISTORIES = 1000;
    private static final int VOTERS = 3;
    private static final int ENOUGH = 2000;

    static IntStream seeds() {
        return IntStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNothingAndEnds(int seed) {
        new History(seed).run();
    }

    private static final class History {
        private final int seed;
        private final Random random;
        private final int target;
        private final int bound;
        private int size;
        private final Set<String> raft = new HashSet<>();
        private final Set<String> marked = new HashSet<>();
        private final Map<String, Integer> factors = new TreeMap<>();
        private final Map<Shard, List<String>> shards = new HashMap<>();
        private final List<Operation> operations = new ArrayList<>();
        private int made;
        private final Optional<String> forbidden;
        /** What the file with the settings says, and which nodes have read it. */
        private boolean pauseWanted;

        private final Set<String> paused = new HashSet<>();

        History(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.size = VOTERS + 1 + random.nextInt(5);
            this.target = VOTERS + random.nextInt(size - VOTERS);
            this.bound = 1 + random.nextInt(5);
            this.forbidden = random.nextBoolean() ? Optional.of("Allow it.") : Optional.empty();
            raft.addAll(nodes());
            for (int i = random.nextInt(6); i >= 0; i--) {
                create();
            }
        }

        private List<String> nodes() {
            return IntStream.range(0, size).mapToObj(i -> "n-" + i).toList();
        }

        private void create() {
            var name = "C" + made++;
            int factor = random.nextInt(8) == 0 ? 1 + random.nextInt(size) : 2 + random.nextInt(VOTERS - 1);
            factors.put(name, factor);
            for (int i = random.nextInt(6); i >= 0; i--) {
                var nodes = new ArrayList<>(nodes());
                java.util.Collections.shuffle(nodes, random);
                shards.put(new Shard(name, "s" + i, List.of()), new ArrayList<>(nodes.subList(0, factor)));
            }
        }

        private ShardLayout layout() {
            return new ShardLayout(
                    factors.entrySet().stream()
                            .map(known -> new Collection(
                                    known.getKey(),
                                    known.getValue(),
                                    false,
                                    shards.entrySet().stream()
                                            .filter(shard ->
                                                    shard.getKey().collection().equals(known.getKey()))
                                            .map(shard -> new Shard(
                                                    known.getKey(),
                                                    shard.getKey().name(),
                                                    List.copyOf(shard.getValue())))
                                            .toList()))
                            .toList(),
                    List.copyOf(operations));
        }

        void run() {
            for (int round = 0; size > target; round++) {
                assertThat(round).as("history %d ends", seed).isLessThan(ENOUGH);
                weaviate();
                if (round < 20 && random.nextInt(15) == 0) {
                    create();
                }
                var situation = situation();
                var step = DrainPlanner.next(situation);
                if (!crash()) {
                    pauseWanted = step instanceof ScaleStep.Pause
                            || (!paused.isEmpty() && WritePausing.holds(situation.shards()));
                }
                if (step instanceof ScaleStep.Refuse refuse) {
                    if (operations.stream().noneMatch(Operation::going)) {
                        justified(refuse);
                        return;
                    }
                } else {
                    carryOut(step);
                }
            }
            assertThat(shards.values())
                    .allSatisfy(replicas -> assertThat(nodes()).containsAll(replicas));
            assertThat(raft).containsExactlyInAnyOrderElementsOf(nodes());
            assertThat(layout().singlesGoing()).as("history %d", seed).isEmpty();
        }

        private void justified(ScaleStep.Refuse refuse) {
            switch (refuse.reason()) {
                case "ScaleInBelowReplicationFactor" ->
                    assertThat(factors.values()).anyMatch(factor -> factor > target);
                case "ScaleInNeedsWritePause" -> {
                    assertThat(forbidden).isPresent();
                    assertThat(shards.values()).anyMatch(replicas -> replicas.size() == 1);
                }
                case "ShardMovesFail" ->
                    assertThat(operations)
                            .anyMatch(operation -> operation.state().equals("CANCELLED"));
                default -> throw new AssertionError("history %d: %s".formatted(seed, refuse));
            }
        }

        private ScaleIn situation() {
            var leaving = "n-" + (size - 1);
            var held = nodes().stream().collect(Collectors.toMap(node -> node, node -> shards.values().stream()
                    .filter(replicas -> replicas.contains(node))
                    .count()));
            Optional<String> rolling = random.nextInt(10) == 0 ? Optional.of("a pod rolls") : Optional.empty();
            ShardReport report =
                    random.nextInt(10) == 0 ? new ShardReport.Unknown("timeout") : new ShardReport.Known(layout());
            return new ScaleIn(
                    Optional.empty(),
                    nodes(),
                    target,
                    VOTERS,
                    bound,
                    rolling,
                    report,
                    held,
                    new WritePausing(forbidden, paused.containsAll(nodes()), false),
                    marked.contains(leaving));
        }

        /** At each call the operator may crash. */
        private void carryOut(ScaleStep step) {
            switch (step) {
                case ScaleStep.Moves moves -> {
                    for (Move move : moves.moves()) {
                        if (crash()) {
                            return;
                        }
                        begin(move);
                    }
                    assertThat(operations.stream().filter(Operation::going).count())
                            .isLessThanOrEqualTo(bound);
                }
                case ScaleStep.Pause pause -> {
                    for (Move move : pause.moves()) {
                        if (crash()) {
                            return;
                        }
                        begin(move);
                    }
                }
                case ScaleStep.Mark mark -> {
                    if (!crash()) {
                        marked.add(mark.node());
                    }
                }
                case ScaleStep.Leave leave -> leave(leave);
                case ScaleStep.Wait wait -> assertThat(wait.message()).isNotBlank();
                case ScaleStep.Refuse refuse -> throw new AssertionError(refuse);
            }
        }

        private void leave(ScaleStep.Leave leave) {
            assertThat(shards.values()).as("history %d", seed).noneMatch(replicas -> replicas.contains(leave.node()));
            assertThat(leave.node()).isEqualTo("n-" + (size - 1));
            assertThat(leave.left()).isGreaterThanOrEqualTo(VOTERS);
            assertThat(marked).contains(leave.node());
            raft.remove(leave.node());
            if (!crash()) {
                size = leave.left();
            }
        }

        private void begin(Move move) {
            var shard = new Shard(move.collection(), move.shard(), List.of());
            assertThat(shards.get(shard)).contains(move.source()).doesNotContain(move.target());
            assertThat(shards.get(shard).size() > 1 || paused.containsAll(nodes()))
                    .as("history %d: never the only replica under writes", seed)
                    .isTrue();
            assertThat(operations).noneMatch(operation -> operation.going() && operation.of(shard));
            operations.add(new Operation(
                    "id", move.collection(), move.shard(), move.source(), move.target(), true, "REGISTERED", ""));
        }

        private boolean crash() {
            return random.nextInt(5) == 0;
        }

        private void weaviate() {
            for (var node : nodes()) {
                if (random.nextInt(3) == 0) {
                    read(node);
                }
            }
            if (!layout().singlesGoing().isEmpty()) {
                assertThat(paused)
                        .as("history %d: no writes while the only replica moves", seed)
                        .containsAll(nodes());
            }
            for (int i = 0; i < operations.size(); i++) {
                var going = operations.get(i);
                if (going.going() && random.nextInt(3) == 0) {
                    boolean fails = random.nextInt(40) == 0;
                    operations.set(i, ended(going, fails ? "CANCELLED" : "READY"));
                    if (!fails) {
                        var replicas = shards.get(new Shard(going.collection(), going.shard(), List.of()));
                        replicas.remove(going.source());
                        replicas.add(going.target());
                    }
                }
            }
        }

        private void read(String node) {
            if (pauseWanted) {
                paused.add(node);
            } else {
                paused.remove(node);
            }
        }

        private static Operation ended(Operation going, String state) {
            return new Operation(
                    going.id(),
                    going.collection(),
                    going.shard(),
                    going.source(),
                    going.target(),
                    true,
                    state,
                    "no room");
        }
    }
}
