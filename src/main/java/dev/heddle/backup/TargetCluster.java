package dev.heddle.backup;

import dev.heddle.core.restore.Arrived;
import dev.heddle.core.restore.PresenceReport;
import dev.heddle.core.restore.TargetFacts;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import dev.heddle.weaviate.WeaviateRestores;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks one node what its cluster is and has. */
record TargetCluster(WeaviateApi weaviate, WeaviateRestores restores, Endpoint node) {
    private static final String HEALTHY = "HEALTHY";
    /** Of a shard that is not loaded Weaviate counts nothing. */
    private static final String UNLOADED = "LAZY_LOADING";

    private static final int NOT_FOUND = 404;
    /** Answers of a version, or a configuration, that has no such endpoint. */
    private static final Set<Integer> UNKNOWN_THERE = Set.of(NOT_FOUND, 405, 501);

    TargetFacts facts(DatabaseNodes pods) throws WeaviateException {
        var meta = restores.meta(node);
        return new TargetFacts(
                meta.version(),
                weaviate.nodes(node).nodes().stream()
                        .filter(one -> HEALTHY.equals(one.status()))
                        .map(NodesReply.Node::name)
                        .filter(Objects::nonNull)
                        .sorted()
                        .toList(),
                collections(),
                aliases(),
                meta.modules().keySet(),
                pods.switchedOn("AUTHORIZATION_RBAC_ENABLED"),
                pods.switchedOn("AUTHENTICATION_DB_USERS_ENABLED"));
    }

    PresenceReport.Known presence(Collection<String> wanted) throws WeaviateException {
        var all = collections();
        var by = wanted.stream().sorted().collect(Collectors.partitioningBy(all::contains));
        return new PresenceReport.Known(by.get(true), by.get(false));
    }

    /** One question for each of these collections. */
    Arrived arrived(Collection<String> wanted) throws WeaviateException {
        var there = new TreeSet<>(wanted);
        there.retainAll(collections());
        var nodes = weaviate.nodes(node).nodes();
        var replicas = new HashMap<String, Map<String, Set<String>>>();
        for (var collection : there) {
            replicas.put(collection, replicas(collection, nodes));
        }
        return new Arrived(replicas, aliases(), counts(there, nodes));
    }

    /** Where the schema places them; before 1.32.0 nobody tells that, and what the nodes themselves hold counts. */
    private Map<String, Set<String>> replicas(String collection, List<NodesReply.Node> nodes) throws WeaviateException {
        var places = new HashMap<String, Set<String>>();
        try {
            var state = weaviate.shardingState(node, collection).shardingState();
            if (state != null) {
                state.shards().stream()
                        .filter(shard -> shard.shard() != null)
                        .forEach(shard -> places.put(shard.shard(), new HashSet<>(shard.replicas())));
            }
        } catch (WeaviateException.Refused refused) {
            if (!UNKNOWN_THERE.contains(refused.status())) {
                throw refused;
            }
            for (var one : nodes) {
                one.shards().stream()
                        .filter(shard -> shard.name() != null && collection.equals(shard.collection()))
                        .forEach(shard -> places.computeIfAbsent(shard.name(), name -> new HashSet<>())
                                .add(one.name()));
            }
        }
        return places;
    }

    private static Map<String, Map<String, Map<String, Long>>> counts(Set<String> wanted, List<NodesReply.Node> nodes) {
        var counts = new HashMap<String, Map<String, Map<String, Long>>>();
        for (var one : nodes) {
            one.shards().stream()
                    .filter(shard -> shard.name() != null && wanted.contains(String.valueOf(shard.collection())))
                    .filter(shard -> !UNLOADED.equals(shard.vectorIndexingStatus()))
                    .forEach(shard -> counts.computeIfAbsent(shard.collection(), name -> new HashMap<>())
                            .computeIfAbsent(shard.name(), name -> new TreeMap<>())
                            .put(one.name(), shard.objectCount()));
        }
        return counts;
    }

    private Set<String> collections() throws WeaviateException {
        return weaviate.schema(node).classes().stream()
                .map(SchemaReply.Collection::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Map<String, String> aliases() throws WeaviateException {
        try {
            return restores.aliases(node).aliases().stream()
                    .filter(alias -> alias.alias() != null && alias.collection() != null)
                    .collect(Collectors.toMap(one -> one.alias(), one -> one.collection(), (former, last) -> last));
        } catch (WeaviateException.Refused refused) {
            if (refused.status() == NOT_FOUND) {
                return Map.of();
            }
            throw refused;
        }
    }
}
