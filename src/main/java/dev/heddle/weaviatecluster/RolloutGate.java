package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Versions;
import dev.heddle.core.scale.Astray;
import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether Weaviate can do without one node for a moment: what no health endpoint shows, so that it is asked only when
 * a pod is about to go, or has come.
 */
final class RolloutGate {
    private final WeaviateApi api;
    private final ShardSource shards;

    RolloutGate(WeaviateApi api) {
        this.api = api;
        this.shards = new ShardSource(api);
    }

    /**
     * Where replicas are.
     *
     * @param obstacle why no node may go now: replicas move or are missing, or nobody knows
     * @param nodes names of the nodes that are there
     * @param layout empty where nobody tells
     */
    record Places(Optional<String> obstacle, List<String> nodes, Optional<ShardLayout> layout) {
        static Places closed(String why) {
            return new Places(Optional.of(why), List.of(), Optional.empty());
        }

        /** Names of the collections with shards of which this node has the only replica. */
        List<String> only(String node) {
            return layout.map(known -> known.only(node, nodes)).orElse(List.of());
        }
    }

    /** @param nodes names of the nodes that are there */
    Places replicas(ClusterPlan plan, Endpoint endpoint, List<String> nodes) {
        var open = new Places(Optional.empty(), nodes, Optional.empty());
        var least = plan.catalog().features().get("replicaMovement");
        if (!Versions.atLeast(plan.running(), least)) {
            return open;
        }
        return switch (shards.of(endpoint)) {
            case ShardReport.Unknown unknown -> Places.closed(unknown.why());
            // Where replicas cannot move, none is on its way, and their places cannot be asked.
            case ShardReport.Refused _ -> open;
            case ShardReport.Known known ->
                new Places(problem(known.layout(), Set.copyOf(nodes)), nodes, Optional.of(known.layout()));
        };
    }

    private static Optional<String> problem(ShardLayout layout, Set<String> nodes) {
        if (!layout.going().isEmpty()) {
            return Optional.of("%d shard replicas are being moved or copied."
                    .formatted(layout.going().size()));
        }
        return layout.shards()
                .filter(shard -> Astray.is(shard, nodes))
                .findFirst()
                .map(shard -> "shard %s has replicas on %s, and not all of these nodes are there."
                        .formatted(shard, shard.replicas()));
    }

    /**
     * Whether nodes that restarted have what was written while they were away. Weaviate tells no such thing; where it
     * repairs replicas by itself and every node holds every shard, counts tell: the most that any node has first, so
     * that what is written meanwhile does not matter.
     *
     * @param all every node that serves
     * @param back those that may lack something
     */
    Optional<String> caughtUp(List<Endpoint> all, List<Endpoint> back) {
        try {
            for (var collection : api.schema(back.getFirst()).classes()) {
                if (collection.converges() && !collection.multiTenant() && collection.factor() >= all.size()) {
                    var behind = behind(collection, all, back);
                    if (behind.isPresent()) {
                        return behind;
                    }
                }
            }
            return Optional.empty();
        } catch (WeaviateException.Refused notCounted) {
            // GraphQL may be switched off; then nobody can tell.
            return Optional.empty();
        } catch (WeaviateException problem) {
            return Optional.of(problem.getMessage());
        }
    }

    private Optional<String> behind(SchemaReply.Collection collection, List<Endpoint> all, List<Endpoint> back)
            throws WeaviateException {
        long most = 0;
        for (var node : all) {
            most = Math.max(most, api.count(node, collection.name()));
        }
        for (var node : back) {
            long own = api.count(node, collection.name());
            if (own < most) {
                return Optional.of("a node that restarted has %d of %d objects of %s, and is catching up."
                        .formatted(own, most, collection.name()));
            }
        }
        return Optional.empty();
    }
}
