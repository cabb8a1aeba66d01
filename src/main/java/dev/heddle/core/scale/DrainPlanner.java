package dev.heddle.core.scale;

import dev.heddle.core.scale.ScaleStep.Leave;
import dev.heddle.core.scale.ScaleStep.Mark;
import dev.heddle.core.scale.ScaleStep.Move;
import dev.heddle.core.scale.ScaleStep.Moves;
import dev.heddle.core.scale.ScaleStep.Refuse;
import dev.heddle.core.scale.ScaleStep.Wait;
import dev.heddle.core.scale.ShardLayout.Operation;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How nodes leave: one after the other, the highest ordinal first, each only after no shard names it any more. Every
 * step follows from what is there, so it does not matter who took the former one.
 */
public final class DrainPlanner {
    /** Names in one message. */
    private static final int MENTIONED = 10;

    private final ScaleIn seen;
    private final ShardLayout layout;

    private DrainPlanner(ScaleIn seen, ShardLayout layout) {
        this.seen = seen;
        this.layout = layout;
    }

    public static ScaleStep next(ScaleIn seen) {
        if (seen.unsupported().isPresent()) {
            return new Refuse(
                    "ScaleInNotSupportedByVersion",
                    seen.unsupported().get() + kept(seen, seen.nodes().size()));
        }
        if (seen.target() < seen.voters()) {
            return new Refuse(
                    "ScaleInBelowVoters",
                    "%d nodes vote in Raft and have to stay.%s".formatted(seen.voters(), kept(seen, seen.voters())));
        }
        if (seen.unsettled().isPresent()) {
            return new Wait("Node %s leaves as soon as the others serve: %s"
                    .formatted(seen.leaving(), seen.unsettled().get()));
        }
        return switch (seen.shards()) {
            case ShardReport.Refused refused ->
                new Refuse(
                        "ReplicaMovementRefused",
                        "Weaviate does not let the operator move shard replicas: %s.%s"
                                .formatted(
                                        refused.why(), kept(seen, seen.nodes().size())));
            case ShardReport.Unknown unknown ->
                new Wait("Node %s leaves as soon as Weaviate tells where its shards are: %s"
                        .formatted(seen.leaving(), unknown.why()));
            case ShardReport.Known known -> {
                var planner = new DrainPlanner(seen, known.layout());
                yield planner.refusal().orElseGet(planner::progress);
            }
        };
    }

    private Optional<ScaleStep> refusal() {
        return tooWide().or(this::single).or(this::hopeless);
    }

    /** Weaviate never lets a shard have fewer replicas than its collection asks for. */
    private Optional<ScaleStep> tooWide() {
        var wide = layout.collections().stream()
                .filter(collection -> collection.factor() > seen.target())
                .toList();
        return wide.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refuse(
                        "ScaleInBelowReplicationFactor",
                        "Collections %s have more replicas than %d nodes can hold.%s"
                                .formatted(
                                        mention(wide.stream()
                                                .map(collection ->
                                                        collection.name() + " (factor " + collection.factor() + ")")),
                                        seen.target(),
                                        kept(
                                                seen,
                                                wide.stream()
                                                        .mapToInt(ShardLayout.Collection::factor)
                                                        .max()
                                                        .getAsInt()))));
    }

    /** Writes that are acknowledged while the only replica of a shard moves go to the old one, and are lost with it. */
    private Optional<ScaleStep> single() {
        var concerned = layout.shards()
                .filter(shard ->
                        shard.replicas().stream().anyMatch(node -> seen.nodes().contains(node) && !seen.stays(node)))
                .filter(shard -> shard.on(seen.nodes()).size() == 1)
                .map(Shard::collection)
                .distinct()
                .sorted()
                .toList();
        return concerned.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refuse(
                        "ScaleInNeedsWritePause",
                        "Collections %s have shards with a single replica on nodes that would leave; writes made while such a shard moves would be lost, and pausing writes for it is not supported yet. Delete those collections or tenants, or make them again with a replication factor of 2 or more.%s"
                                .formatted(
                                        mention(concerned.stream()),
                                        kept(seen, seen.nodes().size()))));
    }

    private Optional<ScaleStep> hopeless() {
        for (var shard : layout.on(seen.leaving())) {
            var failures = layout.failures(shard, seen.leaving());
            if (!layout.busy(shard) && failures.size() >= ShardLayout.ATTEMPTS) {
                return Optional.of(new Refuse(
                        "ShardMovesFail",
                        "Weaviate gave up %d times to move shard %s away from %s%s. When the cause is gone, delete those operations (DELETE /v1/replication/replicate/ID).%s"
                                .formatted(
                                        failures.size(),
                                        shard,
                                        seen.leaving(),
                                        words(failures.getLast()),
                                        kept(seen, seen.nodes().size()))));
            }
            if (!layout.busy(shard) && candidates(shard).isEmpty()) {
                return Optional.of(new Refuse(
                        "NoNodeForReplica",
                        "Shard %s has a replica on every node that stays, so that of %s can go nowhere. Reduce its replicas (POST /v1/replication/scale), or delete it.%s"
                                .formatted(
                                        shard,
                                        seen.leaving(),
                                        kept(seen, seen.nodes().size()))));
            }
        }
        return Optional.empty();
    }

    private ScaleStep progress() {
        var leaving = seen.leaving();
        var left = layout.on(leaving);
        var going = layout.going();
        var message = "Node %s leaves: %d of %d shard replicas are still on it."
                .formatted(
                        leaving,
                        left.size(),
                        layout.shards().mapToInt(s -> s.replicas().size()).sum());
        if (!left.isEmpty() && !seen.held().containsKey(leaving)) {
            return new Wait(message + " It does not answer, and is waited for.");
        }
        var moves = moves(left.stream().filter(shard -> !layout.busy(shard)).toList(), seen.maxMoves() - going.size());
        if (!moves.isEmpty()) {
            return new Moves(moves, message);
        }
        Predicate<Operation> concerned = operation ->
                operation.source().equals(leaving) || operation.target().equals(leaving);
        if (!left.isEmpty() || going.stream().anyMatch(concerned)) {
            return new Wait(message);
        }
        long held = seen.held().getOrDefault(leaving, 0L);
        if (held > 0) {
            return new Wait(
                    "Node %s leaves: no shard names it any more, but it still lists %d.".formatted(leaving, held));
        }
        return seen.marked() ? new Leave(leaving, seen.nodes().size() - 1) : new Mark(leaving);
    }

    private List<Move> moves(List<Shard> shards, int room) {
        var load = new HashMap<String, Integer>();
        layout.shards()
                .flatMap(shard -> layout.holders(shard).stream())
                .forEach(node -> load.merge(node, 1, Integer::sum));
        var moves = new ArrayList<Move>();
        shards.stream().limit(Math.max(0, room)).forEach(shard -> {
            var target = candidates(shard).stream()
                    .min(Comparator.comparing(node -> load.getOrDefault(node, 0)))
                    .orElseThrow();
            load.merge(target, 1, Integer::sum);
            moves.add(new Move(shard.collection(), shard.name(), seen.leaving(), target));
        });
        return List.copyOf(moves);
    }

    private List<String> candidates(Shard shard) {
        var holders = layout.holders(shard);
        return seen.staying().stream()
                .filter(node -> !holders.contains(node) && !shard.replicas().contains(node))
                .toList();
    }

    private static String words(Operation failed) {
        return failed.error().isEmpty() ? "" : ", last with: " + failed.error();
    }

    private static String kept(ScaleIn seen, int possible) {
        return " spec.replicas is %d, %d nodes are kept. Set spec.replicas to %d or more."
                .formatted(
                        seen.target(),
                        seen.nodes().size(),
                        Math.min(possible, seen.nodes().size()));
    }

    private static String mention(Stream<String> names) {
        var all = names.toList();
        int more = all.size() - MENTIONED;
        return String.join(", ", all.subList(0, Math.min(MENTIONED, all.size())))
                + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
