package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.StorageStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.autoscale.ScalingPolicy;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Versions;
import dev.heddle.core.scale.Astray;
import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardLayout.Shard;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Compares the places of all replicas with the nodes that exist. That is one question for each collection, so it is
 * asked once in a health interval, of some collections at a time.
 */
@ApplicationScoped
public class ReplicaPlaces {
    private static final Logger LOG = Logger.getLogger(ReplicaPlaces.class);
    /** Collections in one look; the others follow in the next ones. */
    private static final int AT_ONCE = 50;
    /** For one look, in a reconcile that others wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Shards of one collection, which may have one for each of thousands of tenants. */
    private static final int KEPT = 10;

    private static final String NO_CLAIM = "none";

    private static final Look NEVER = new Look(Instant.EPOCH, "", false, new TreeMap<>());

    private final WeaviateApi weaviate;
    private final ShardSource shards;
    private final OperatorConfig config;
    private final Clock clock;
    private final Map<Names, Look> looks = new ConcurrentHashMap<>();

    /**
     * What is known of one cluster.
     *
     * @param last name of the collection that was asked for last; empty where the next round begins
     * @param round whether every collection was asked for once
     * @param astray shards with replicas on nodes that do not exist, by collection
     */
    private record Look(Instant at, String last, boolean round, SortedMap<String, List<Shard>> astray) {}

    ReplicaPlaces(WeaviateApi weaviate, OperatorConfig config, Clock clock) {
        this.weaviate = weaviate;
        this.shards = new ShardSource(weaviate);
        this.config = config;
        this.clock = clock;
    }

    void forget(WeaviateCluster cluster) {
        looks.remove(new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName()));
    }

    /** The plan with what is known; what was told before a restart is told until it is known again. */
    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        var nodes = plan.names().nodes(plan.replicas());
        var look = looks.getOrDefault(plan.names(), NEVER);
        if (!look.at().plus(config.healthInterval()).isAfter(clock.instant()) && settled(plan, seen)) {
            look = look(look, nodes, node(seen));
            looks.put(plan.names(), look);
        }
        var known = look.astray().values().stream().flatMap(List::stream).toList();
        var told = look.round() ? List.<Finding>of() : told(cluster);
        var findings = told.isEmpty() ? Astray.of(known, nodes) : told;
        return plan.with(plan.storage().volumes().remembering(volumes(cluster, plan, seen, Astray.gone(known, nodes))))
                .with(findings.stream().map(finding -> advised(plan, finding)).toList());
    }

    /** With which they left, as far as anybody knows. */
    private static Map<String, String> volumes(
            WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, Set<String> gone) {
        var before = Optional.ofNullable(cluster.getStatus())
                .map(WeaviateClusterStatus::storage)
                .map(StorageStatus::volumes)
                .orElse(Map.of());
        var left = seen.live().volumes(plan.names());
        return gone.stream()
                .collect(Collectors.toMap(
                        Function.identity(), node -> before.getOrDefault(node, left.getOrDefault(node, NO_CLAIM))));
    }

    private static Finding advised(ClusterPlan plan, Finding finding) {
        return ScalingPolicy.enabled(plan.spec()).isEmpty()
                ? finding
                : new Finding(
                        finding.topic(),
                        finding.reason(),
                        finding.message().replace("spec.replicas", "spec.autoScaling.minReplicas"));
    }

    /** While nodes come or go, or are filled again, others look where the replicas are. */
    private static boolean settled(ClusterPlan plan, ClusterObservation seen) {
        var least = plan.catalog().features().get("replicaMovement");
        return seen.weaviate() instanceof WeaviateReport.Answered
                && Versions.atLeast(plan.running(), least)
                && plan.storage().volumes().replaced().isEmpty()
                && plan.operation()
                        .filter(operation -> operation.phase() == ClusterPhase.SCALING)
                        .isEmpty();
    }

    /** One that answered a moment ago. */
    private static Endpoint node(ClusterObservation seen) {
        return seen.live().pods().stream()
                .filter(PodTrouble::ready)
                .map(pod -> pod.getStatus().getPodIP())
                .filter(Objects::nonNull)
                .map(address ->
                        new Endpoint(address, Ports.HTTP, seen.credentials().operatorKey()))
                .findFirst()
                .orElseThrow();
    }

    private Look look(Look former, List<String> nodes, Endpoint node) {
        var begun = clock.instant();
        try {
            var all = weaviate.schema(node).classes().stream()
                    .filter(collection -> collection.name() != null)
                    .sorted(Comparator.comparing(SchemaReply.Collection::name))
                    .toList();
            var astray = new TreeMap<>(former.astray());
            astray.keySet()
                    .retainAll(all.stream().map(SchemaReply.Collection::name).toList());
            var last = former.last();
            boolean answered = true;
            var first = all.stream()
                    .filter(collection -> former.astray().containsKey(collection.name()))
                    .limit(AT_ONCE)
                    .takeWhile(collection -> ask(node, collection, nodes, astray))
                    .toList();
            for (var next : all.stream().filter(after(last)).limit(AT_ONCE).toList()) {
                if (!answered || clock.instant().isAfter(begun.plus(PATIENCE))) {
                    break;
                }
                // One that is not answered is passed over, so that it does not bar the others, until the next round.
                last = next.name();
                answered = first.contains(next) || ask(node, next, nodes, astray);
            }
            boolean end = all.stream().noneMatch(after(last));
            return new Look(begun, end ? "" : last, former.round() || end && answered, astray);
        } catch (WeaviateException problem) {
            LOG.debugf("%s does not tell its collections: %s", node, problem.getMessage());
            return new Look(begun, former.last(), former.round(), former.astray());
        }
    }

    /** Whether there was an answer. */
    private boolean ask(
            Endpoint node, SchemaReply.Collection collection, List<String> nodes, Map<String, List<Shard>> astray) {
        try {
            var found = astray(shards.collection(node, collection), nodes);
            if (found.isEmpty()) {
                astray.remove(collection.name());
            } else {
                astray.put(collection.name(), found);
            }
            return true;
        } catch (WeaviateException problem) {
            LOG.debugf("%s does not tell where %s is: %s", node, collection.name(), problem.getMessage());
            return false;
        }
    }

    private static Predicate<SchemaReply.Collection> after(String last) {
        return collection -> collection.name().compareTo(last) > 0;
    }

    private static List<Shard> astray(ShardLayout.Collection collection, List<String> nodes) {
        return collection.shards().stream()
                .filter(shard -> Astray.is(shard, nodes))
                .sorted(Comparator.<Shard>comparingInt(shard -> shard.on(nodes).size())
                        .thenComparing(Shard::name))
                .limit(KEPT)
                .toList();
    }

    private static List<Finding> told(WeaviateCluster cluster) {
        return Stream.of(Topic.REPLICAS, Topic.DATA_LOSS)
                .flatMap(topic -> Optional.ofNullable(cluster.getStatus())
                        .map(WeaviateClusterStatus::conditions)
                        .flatMap(conditions -> Conditions.find(conditions, type(topic)))
                        .filter(condition -> condition.getReason().equals(Astray.REASON))
                        .map(condition -> new Finding(topic, Astray.REASON, condition.getMessage()))
                        .stream())
                .toList();
    }

    private static String type(Topic topic) {
        return topic == Topic.REPLICAS ? "ReplicasComplete" : "DataLoss";
    }
}
