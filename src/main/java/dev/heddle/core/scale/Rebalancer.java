package dev.heddle.core.scale;

import dev.heddle.core.scale.ScaleStep.Move;
import dev.heddle.core.scale.ScaleStep.Moves;
import dev.heddle.core.scale.ScaleStep.Wait;
import dev.heddle.core.scale.ShardLayout.Collection;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives new nodes their share. It begins only for a node that holds less than half of the average, because Weaviate's
 * own placement is uneven too and must not be corrected for ever; once begun it goes on until the nodes are even.
 * Shards with a single replica stay where they are: moving them loses writes.
 */
public final class Rebalancer {
    private final List<String> nodes;
    private final ShardLayout layout;
    /** Replicas by collection and node, as they will be. */
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();

    private final Map<String, Integer> totals = new HashMap<>();
    private final Set<Shard> chosen = new HashSet<>();

    private Rebalancer(List<String> nodes, ShardLayout layout) {
        this.nodes = nodes;
        this.layout = layout;
        movable().forEach(shard -> layout.holders(shard).forEach(node -> {
            counts.computeIfAbsent(shard.collection(), any -> new HashMap<>()).merge(node, 1, Integer::sum);
            totals.merge(node, 1, Integer::sum);
        }));
    }

    /**
     * @param begun whether a former look has begun
     * @return empty where there is nothing to do
     */
    public static Optional<ScaleStep> next(List<String> nodes, ShardLayout layout, int maxMoves, boolean begun) {
        var balance = new Rebalancer(nodes, layout);
        if (!begun
                && !lean(nodes.stream().map(node -> (long) balance.total(node)).toList())) {
            return Optional.empty();
        }
        int going = layout.going().size();
        var moves = balance.moves(maxMoves - going);
        var message =
                "Shard replicas move to nodes that have few: %d are on their way.".formatted(going + moves.size());
        if (!moves.isEmpty()) {
            return Optional.of(new Moves(moves, message));
        }
        return going > 0 ? Optional.of(new Wait(message)) : Optional.empty();
    }

    /** Whether one of these numbers of shards is less than half of the average. */
    public static boolean lean(List<Long> held) {
        long all = held.stream().mapToLong(Long::longValue).sum();
        return held.stream().anyMatch(one -> one * held.size() * 2 < all);
    }

    private List<Move> moves(int room) {
        var moves = new ArrayList<Move>();
        while (moves.size() < room) {
            var best = movable()
                    .filter(shard -> !chosen.contains(shard) && !layout.busy(shard))
                    .flatMap(this::useful)
                    .max(Comparator.comparingInt(Gain::value));
            if (best.isEmpty()) {
                break;
            }
            chosen.add(best.get().shard());
            var move = best.get().move();
            moves.add(move);
            counts.get(move.collection()).merge(move.source(), -1, Integer::sum);
            counts.get(move.collection()).merge(move.target(), 1, Integer::sum);
            totals.merge(move.source(), -1, Integer::sum);
            totals.merge(move.target(), 1, Integer::sum);
        }
        return List.copyOf(moves);
    }

    private record Gain(Shard shard, Move move, int value) {}

    /**
     * Moves that make the nodes more even: first within the collection, and where that is even, over all of them. Both
     * sums of squares only ever fall, so there is an end.
     */
    private Stream<Gain> useful(Shard shard) {
        var holders = layout.holders(shard);
        return holders.stream()
                .filter(nodes::contains)
                .filter(source -> layout.failures(shard, source).size() < ShardLayout.ATTEMPTS)
                .flatMap(source -> nodes.stream()
                        .filter(target -> !holders.contains(target))
                        .flatMap(target -> {
                            int within = count(shard, source) - count(shard, target);
                            int over = total(source) - total(target);
                            boolean helps = within > slack(count(shard), nodes.size())
                                    || within > 0 && over > slack(sum(totals), nodes.size());
                            return helps
                                    ? Stream.of(new Gain(
                                            shard,
                                            new Move(shard.collection(), shard.name(), source, target),
                                            within * 1000 + over))
                                    : Stream.empty();
                        }));
    }

    /** A tenth of the average, at least one: tenants that come and go must not keep it busy. */
    private static int slack(int sum, int nodes) {
        return Math.max(1, sum / nodes / 10);
    }

    private Stream<Shard> movable() {
        return layout.collections().stream()
                .filter(collection -> collection.factor() >= 2)
                .map(Collection::shards)
                .flatMap(List::stream)
                .filter(shard -> shard.on(nodes).size() >= 2);
    }

    private int count(Shard shard, String node) {
        return counts.get(shard.collection()).getOrDefault(node, 0);
    }

    private int count(Shard shard) {
        return sum(counts.get(shard.collection()));
    }

    private static int sum(Map<String, Integer> numbers) {
        return numbers.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int total(String node) {
        return totals.getOrDefault(node, 0);
    }
}
