package dev.heddle.core.replica;

import dev.heddle.core.scale.ShardLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the copies on a node whose volume was replaced have caught up with the others. Weaviate has no word for it,
 * so it is read off its rounds of replication, which come every 30 s and tell only of differences (1.35.2), and off
 * the numbers of objects, which lag by a minute.
 */
public final class Refill {
    /** Two rounds; in the first minute a quiet copy may not have been compared yet. */
    static final Duration TWO_ROUNDS = Duration.ofSeconds(60);
    /** A round ends within its time-outs, about two minutes; one that is older had no successor that differed. */
    static final Duration QUIET = Duration.ofMinutes(3);

    private static final double TOLERATED = 0.01;

    private Refill() {}

    /**
     * Those of the node's copies that still lack objects, or may.
     *
     * @param node whose volume was replaced
     * @param full copies of the nodes that have their old volumes
     * @param since when the node was ready and asynchronous replication on
     */
    public static List<Copy> behind(String node, List<Copy> copies, List<Copy> full, Instant since, Instant now) {
        var byShard = full.stream().collect(Collectors.groupingBy(Copy::key));
        return copies.stream()
                .filter(copy -> copy.node().equals(node))
                .filter(copy -> byShard.containsKey(copy.key()) && behind(copy, byShard.get(copy.key()), since, now))
                .toList();
    }

    /**
     * The copies, and an empty one for each that a replaced node should have and does not tell of: it may not have made it
     * yet. Shards that nobody tells of are those of inactive tenants, which nobody can compare.
     *
     * @param told by the nodes themselves
     */
    public static List<Copy> expected(List<Copy> told, ShardLayout layout, Collection<String> replaced) {
        var known = told.stream().map(copy -> List.of(copy.node(), copy.key())).collect(Collectors.toSet());
        var missing = replaced.stream()
                .flatMap(node -> layout.on(node).stream()
                        .map(shard -> new Copy(node, shard.collection(), shard.name(), 0, List.of())))
                .filter(copy -> !known.contains(List.of(copy.node(), copy.key())));
        return Stream.concat(told.stream(), missing).toList();
    }

    private static boolean behind(Copy copy, List<Copy> others, Instant since, Instant now) {
        if (since.plus(TWO_ROUNDS).isAfter(now)) {
            return true;
        }
        long most = others.stream().mapToLong(Copy::objects).max().orElse(0);
        if (copy.objects() < most - Math.ceil(most * TOLERATED)) {
            return true;
        }
        return last(copy, others)
                .filter(sent -> sent.objects() > 0 && sent.begun().plus(QUIET).isAfter(now))
                .isPresent();
    }

    private static Optional<Copy.Sent> last(Copy copy, List<Copy> others) {
        return others.stream()
                .flatMap(other -> other.sent().stream())
                .filter(sent -> sent.node().equals(copy.node()))
                .max(Comparator.comparing(Copy.Sent::begun));
    }
}
