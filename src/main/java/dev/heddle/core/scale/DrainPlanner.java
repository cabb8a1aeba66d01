package dev.heddle.core.scale;

import dev.heddle.core.scale.ScaleStep.Leave;
import dev.heddle.core.scale.ScaleStep.Mark;
import dev.heddle.core.scale.ScaleStep.Move;
import dev.heddle.core.scale.ScaleStep.Moves;
import dev.heddle.core.scale.ScaleStep.Pause;
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
    /** At once while writes are paused, so that the pause is short: as many as Weaviate's engine has workers. */
    private static final int PAUSED_MOVES = 10;

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
            return new Wait("Node %s leaves as soon as it may: %s"
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
                yield planner.paused().or(planner::refusal).orElseGet(planner::progress);
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
        var singles = singles();
        if (singles.isEmpty() || seen.pausing().possible()) {
            return Optional.empty();
        }
        var collections =
                mention(singles.stream().map(Shard::collection).distinct().sorted());
        var kept = kept(seen, seen.nodes().size());
        return Optional.of(seen.pausing()
                .forbidden()
                .map(why -> new Refuse(
                        "ScaleInNeedsWritePause",
                        "Collections %s have shards with a single replica on nodes that would leave; writes made while such a shard moves would be lost. %s Or delete those collections or tenants, or make them again with a replication factor of 2 or more.%s"
                                .formatted(collections, why, kept)))
                .orElseGet(() -> new Refuse(
                        "WritePauseTooLong",
                        "Shards with a single replica of collections %s did not move within spec.scaleIn.maxWritePause, so writes go on and the nodes stay. Allow a longer pause, or delete those collections or tenants.%s"
                                .formatted(collections, kept))));
    }

    /** Shards on nodes that leave, of which there is no other replica. */
    private List<Shard> singles() {
        return layout.shards()
                .filter(shard ->
                        shard.replicas().stream().anyMatch(node -> seen.nodes().contains(node) && !seen.stays(node)))
                .filter(shard -> shard.on(seen.nodes()).size() == 1)
                .toList();
    }

    /** While shards with a single replica move, nothing else is done. */
    private Optional<ScaleStep> paused() {
        var going = layout.singlesGoing();
        if (going.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                seen.pausing().possible()
                        ? pause()
                        : new Wait(
                                "%d moves of shards with a single replica have to end first; writes may not be paused for them, or no longer."
                                        .formatted(going.size())));
    }

    private ScaleStep pause() {
        var waiting = singles().stream()
                .filter(shard -> !layout.busy(shard)
                        && layout.failures(shard, source(shard)).size() < ShardLayout.ATTEMPTS)
                .toList();
        int going = layout.going().size();
        var message = "Writes are paused while shards with a single replica leave node %s: %d move, %d wait."
                .formatted(seen.leaving(), going, waiting.size());
        return new Pause(
                seen.pausing().on() ? moves(waiting, Math.max(seen.maxMoves(), PAUSED_MOVES) - going) : List.of(),
                message);
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
        var singles = singles();
        var moves = moves(
                left.stream()
                        .filter(shard -> !layout.busy(shard) && !singles.contains(shard))
                        .toList(),
                seen.maxMoves() - going.size());
        if (!moves.isEmpty()) {
            return new Moves(moves, message);
        }
        Predicate<Operation> concerned = operation ->
                operation.source().equals(leaving) || operation.target().equals(leaving);
        if (going.stream().noneMatch(concerned) && left.stream().anyMatch(singles::contains)) {
            return pause();
        }
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
            moves.add(new Move(shard.collection(), shard.name(), source(shard), target));
        });
        return List.copyOf(moves);
    }

    private String source(Shard shard) {
        return shard.replicas().contains(seen.leaving())
                ? seen.leaving()
                : shard.on(seen.nodes()).getFirst();
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
