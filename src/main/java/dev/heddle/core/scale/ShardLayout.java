package dev.heddle.core.scale;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where the replicas of all shards are, and which of them are on their way. A tenant is a shard of its own. */
public record ShardLayout(List<Collection> collections, List<Operation> operations) {
    /** After so many attempts that Weaviate gave up, it is for a person to look. */
    public static final int ATTEMPTS = 3;

    /** @param factor replicas that each shard has to have */
    public record Collection(String name, int factor, boolean multiTenant, List<Shard> shards) {}

    /** @param replicas names of the nodes that hold one */
    public record Shard(String collection, String name, List<String> replicas) {
        /** Replicas on nodes that are there: one that is named and gone keeps no data. */
        public List<String> on(List<String> nodes) {
            return replicas.stream().filter(nodes::contains).toList();
        }

        @Override
        public String toString() {
            return collection + "/" + name;
        }
    }

    /**
     * A replication operation of Weaviate's.
     *
     * @param id by which it can be cancelled
     * @param move the source gives its replica up; else it is copied
     * @param error last words of one that failed; empty where there are none
     */
    public record Operation(
            String id,
            String collection,
            String shard,
            String source,
            String target,
            boolean move,
            String state,
            String error) {
        private static final Set<String> ENDED = Set.of("READY", "CANCELLED");

        public boolean going() {
            return !ENDED.contains(state);
        }

        /** Weaviate cancels it: not once the source is being given up. */
        public boolean cancellable() {
            return going() && !state.equals("DEHYDRATING");
        }

        boolean of(Shard concerned) {
            return collection.equals(concerned.collection()) && shard.equals(concerned.name());
        }
    }

    public Stream<Shard> shards() {
        return collections.stream().flatMap(collection -> collection.shards().stream());
    }

    /** Shards that name the node. */
    public List<Shard> on(String node) {
        return shards().filter(shard -> shard.replicas().contains(node)).toList();
    }

    /** Names of the collections with shards of which this node has the only replica. @param nodes those that there are */
    public List<String> only(String node, List<String> nodes) {
        return on(node).stream()
                .filter(shard -> shard.on(nodes).equals(List.of(node)))
                .map(Shard::collection)
                .distinct()
                .sorted()
                .toList();
    }

    /** Operations that go on. */
    public List<Operation> going() {
        return operations.stream().filter(Operation::going).toList();
    }

    /** Moves that go on and end with a single replica, as they began. */
    public List<Operation> singlesGoing() {
        return going().stream()
                .filter(Operation::move)
                .filter(operation -> shards().anyMatch(
                                shard -> operation.of(shard) && holders(shard).size() <= 1))
                .toList();
    }

    boolean busy(Shard shard) {
        return operations.stream().anyMatch(operation -> operation.going() && operation.of(shard));
    }

    /** Those that Weaviate gave up, of moves of this replica. */
    List<Operation> failures(Shard shard, String source) {
        return operations.stream()
                .filter(operation -> operation.of(shard)
                        && operation.source().equals(source)
                        && operation.state().equals("CANCELLED"))
                .toList();
    }

    /** Who holds the shard once all that goes on has ended. */
    Set<String> holders(Shard shard) {
        var holders = new LinkedHashSet<>(shard.replicas());
        operations.stream()
                .filter(operation -> operation.going() && operation.of(shard))
                .forEach(operation -> {
                    if (operation.move()) {
                        holders.remove(operation.source());
                    }
                    holders.add(operation.target());
                });
        return holders;
    }
}
