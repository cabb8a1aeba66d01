package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.scale.ScaleStep.Moves;
import dev.heddle.core.scale.ShardLayout.Collection;
import dev.heddle.core.scale.ShardLayout.Operation;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RebalancerTest {

    private static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n-" + i).toList();
    }

    private static Collection collection(String name, int factor, String... shards) {
        return new Collection(
                name,
                factor,
                false,
                IntStream.range(0, shards.length)
                        .mapToObj(i -> new Shard(
                                name,
                                "s" + i,
                                Arrays.stream(shards[i].split(""))
                                        .map(n -> "n-" + n)
                                        .toList()))
                        .toList());
    }

    private static ShardLayout layout(Collection... collections) {
        return new ShardLayout(List.of(collections), List.of());
    }

    @Test
    void doesNothingWhereNodesAreAboutEven() {
        var uneven = layout(collection("A", 2, "01", "01", "02", "01"));

        assertThat(Rebalancer.next(nodes(3), uneven, 4, true)).isPresent();
        assertThat(Rebalancer.next(nodes(3), layout(collection("A", 2, "01", "02", "01", "02")), 4, false))
                .isEmpty();
    }

    @Test
    void leavesSingleReplicasWhereTheyAre() {
        assertThat(Rebalancer.next(nodes(4), layout(collection("A", 1, "0", "0", "0", "0")), 4, true))
                .isEmpty();
    }

    @Test
    void keepsWithinTheBound() {
        var all = collection("A", 3, "012", "012", "012", "012", "012", "012", "012", "012");
        var going = List.of(new Operation("id", "A", "s0", "n-0", "n-3", true, "HYDRATING", ""));

        var step = Rebalancer.next(nodes(4), new ShardLayout(List.of(all), going), 3, false);

        assertThat(step.orElseThrow()).isInstanceOfSatisfying(Moves.class, moves -> {
            assertThat(moves.moves()).hasSize(2).allMatch(move -> move.target().equals("n-3"));
            assertThat(moves.moves()).noneMatch(move -> move.shard().equals("s0"));
            assertThat(moves.message()).contains("3 are on their way");
        });
    }

    @Test
    void stopsTryingAfterThreeFailures() {
        var failed = new Operation("id", "A", "s0", "n-0", "n-3", true, "CANCELLED", "");
        var other = new Operation("id", "A", "s0", "n-1", "n-3", true, "CANCELLED", "");
        var third = new Operation("id", "A", "s0", "n-2", "n-3", true, "CANCELLED", "");
        var all = List.of(failed, failed, failed, other, other, other, third, third, third);

        var step = Rebalancer.next(nodes(4), new ShardLayout(List.of(collection("A", 3, "012", "012")), all), 4, true);

        assertThat(step.orElseThrow()).isInstanceOfSatisfying(Moves.class, moves -> assertThat(moves.moves())
                .allMatch(move -> move.shard().equals("s1")));
    }

    /** Any layout, any number of new nodes: it ends, no shard has two replicas on a node, collections are even. */
    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 3", "4, 2", "5, 2"})
    void alwaysEndsEven(int grown, int factor) {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var nodes = nodes(3 + grown);
            var collections = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(i -> collection(
                            "C" + i,
                            factor,
                            random.ints(1 + random.nextInt(12), 0, 3)
                                    .mapToObj(without -> factor == 3 ? "012" : "012".replace("" + without, ""))
                                    .toArray(String[]::new)))
                    .toList();
            var layout = new ShardLayout(collections, List.of());
            int rounds = 0;
            for (var step = Rebalancer.next(nodes, layout, 4, true);
                    step.isPresent();
                    step = Rebalancer.next(nodes, layout, 4, true)) {
                assertThat(++rounds).as("seed %d ends", seed).isLessThan(500);
                layout = moved(layout, (Moves) step.get());
            }
            for (var collection : layout.collections()) {
                var counts = nodes.stream()
                        .mapToLong(node -> collection.shards().size() == 0 ? 0 : held(collection, node))
                        .summaryStatistics();
                assertThat(counts.getMax() - counts.getMin())
                        .as("seed %d: %s", seed, collection)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    private static long held(Collection collection, String node) {
        return collection.shards().stream()
                .filter(shard -> shard.replicas().contains(node))
                .count();
    }

    private static ShardLayout moved(ShardLayout layout, Moves step) {
        return new ShardLayout(
                layout.collections().stream()
                        .map(collection -> new Collection(
                                collection.name(),
                                collection.factor(),
                                false,
                                collection.shards().stream()
                                        .map(shard -> moved(shard, step))
                                        .toList()))
                        .toList(),
                List.of());
    }

    private static Shard moved(Shard shard, Moves step) {
        var replicas = new ArrayList<>(shard.replicas());
        step.moves().stream()
                .filter(move -> move.collection().equals(shard.collection())
                        && move.shard().equals(shard.name()))
                .forEach(move -> {
                    assertThat(replicas.remove(move.source())).isTrue();
                    assertThat(replicas).doesNotContain(move.target());
                    replicas.add(move.target());
                });
        return new Shard(shard.collection(), shard.name(), replicas);
    }
}
