package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Versions;
import dev.heddle.core.replica.Copy;
import dev.heddle.core.replica.Losses;
import dev.heddle.core.replica.Refill;
import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes that came back with an empty volume. Weaviate says nothing of it and reports a healthy cluster; here copies are
 * filled again from the others, nothing else is begun meanwhile, and what had no other copy is told.
 */
@ApplicationScoped
public class ReplacedVolumes {
    private static final int MENTIONED = 10;
    private static final Set<String> TOLD = Set.of("ReplicasIncomplete", "VolumeReplaced");

    private final WeaviateApi weaviate;
    private final ShardSource shards;
    private final EventRecorder events;
    private final Clock clock;

    ReplacedVolumes(WeaviateApi weaviate, EventRecorder events, Clock clock) {
        this.weaviate = weaviate;
        this.shards = new ShardSource(weaviate);
        this.events = events;
        this.clock = clock;
    }

    /** Asks nothing as long as every node has the volume that it had. */
    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        var replaced = plan.storage().volumes().replaced();
        var pod = seen.live().pods().stream().filter(PodTrouble::ready).findFirst();
        if (replaced.isEmpty()) {
            return plan;
        }
        if (pod.isEmpty() || !(seen.weaviate() instanceof WeaviateReport.Answered)) {
            return plan.with(told(cluster, "ReplicasComplete", Topic.REPLICAS))
                    .with(told(cluster, "DataLoss", Topic.DATA_LOSS));
        }
        if (!Versions.atLeast(plan.version(), plan.catalog().features().get("replicaMovement"))) {
            return blind(cluster, plan, seen, "Weaviate %s does not tell.".formatted(plan.version()));
        }
        var endpoint = new Endpoint(
                pod.get().getStatus().getPodIP(), Ports.HTTP, seen.credentials().operatorKey());
        try {
            return switch (shards.of(endpoint)) {
                case ShardReport.Known known -> look(cluster, plan, seen, known.layout(), endpoint);
                case ShardReport.Refused refused -> blind(cluster, plan, seen, refused.why());
                case ShardReport.Unknown unknown ->
                    unknown(plan.with(told(cluster, "DataLoss", Topic.DATA_LOSS)), unknown.why());
            };
        } catch (WeaviateException problem) {
            return unknown(plan.with(told(cluster, "DataLoss", Topic.DATA_LOSS)), problem.getMessage());
        }
    }

    /** What is not known anew stays as it was told: a loss does not pass because nobody can be asked for a moment. */
    private static List<Finding> told(WeaviateCluster cluster, String type, Topic topic) {
        return Optional.ofNullable(cluster.getStatus())
                .map(WeaviateClusterStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, type))
                .filter(condition -> TOLD.contains(condition.getReason()))
                .map(condition -> List.of(new Finding(topic, condition.getReason(), condition.getMessage())))
                .orElse(List.of());
    }

    private static ClusterPlan unknown(ClusterPlan plan, String why) {
        return waiting(
                plan,
                "Nodes %s came back with an empty volume; which shards they lack is not known: %s"
                        .formatted(plan.storage().volumes().replaced(), why));
    }

    /** Only a person can look. */
    private static ClusterPlan blind(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, String why) {
        var present = seen.live().volumes(plan.names());
        var volumes = plan.storage().volumes();
        var open = new TreeSet<String>();
        for (var node : plan.storage().volumes().replaced()) {
            if (accepted(cluster, present.get(node))) {
                volumes = volumes.accepting(node, present);
            } else {
                open.add(node);
            }
        }
        var told = plan.with(volumes);
        return open.isEmpty()
                ? told
                : told.with(List.of(new Finding(
                        Topic.DATA_LOSS,
                        "VolumeReplaced",
                        "Nodes %s came back with an empty volume. Which shards were on them cannot be found out: %s Compare the collections with what they should hold, then confirm with: %s"
                                .formatted(open, why, confirmation(plan, open, present)))));
    }

    /** @param present UIDs of the claims by node */
    private static String confirmation(ClusterPlan plan, SortedSet<String> nodes, Map<String, String> present) {
        return "kubectl annotate weaviatecluster %s -n %s --overwrite %s=%s"
                .formatted(
                        plan.names().cluster(),
                        plan.names().namespace(),
                        Labels.ACCEPT_LOSS,
                        nodes.stream().map(present::get).collect(Collectors.joining(",")));
    }

    private static ClusterPlan waiting(ClusterPlan plan, String message) {
        return plan.with(
                new Operation(ClusterPhase.DEGRADED, "RefillingReplicas", message),
                List.of(new Finding(Topic.REPLICAS, "ReplicasIncomplete", message)));
    }

    private ClusterPlan look(
            WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, ShardLayout layout, Endpoint endpoint)
            throws WeaviateException {
        converge(cluster, plan, layout, endpoint);
        var replaced = plan.storage().volumes().replaced();
        var nodes = weaviate.nodes(endpoint).nodes();
        var copies = Refill.expected(copies(nodes), layout, replaced);
        var full =
                copies.stream().filter(copy -> !replaced.contains(copy.node())).toList();
        var silent = silent(plan, seen, nodes);
        var losses = Losses.of(layout, plan.names().nodes(plan.replicas()), plan.voters(), replaced);
        var volumes = plan.storage().volumes();
        var present = seen.live().volumes(plan.names());
        var behind = new ArrayList<Copy>();
        var lost = new TreeSet<String>();
        for (var node : replaced) {
            var left = Refill.behind(node, copies, full, since(cluster, seen, node), clock.instant());
            behind.addAll(left);
            if (losses.of(node) && !accepted(cluster, present.get(node))) {
                lost.add(node);
            } else if (left.isEmpty() && silent.isEmpty()) {
                volumes = volumes.accepting(node, present);
            }
        }
        var told = plan.with(volumes);
        told = lost.isEmpty() ? told : told.with(List.of(loss(told, lost, losses, present)));
        if (!silent.isEmpty()) {
            return unknown(told, "nodes %s are not healthy.".formatted(silent));
        }
        return behind.isEmpty()
                ? told
                : waiting(
                        told,
                        "Nodes %s came back with an empty volume; %d of their shards are filled again from other replicas."
                                .formatted(replaced, behind.size()));
    }

    /** Nodes whose word is missing: without it an empty copy may look like a full one, and a full one is not seen. */
    private static List<String> silent(ClusterPlan plan, ClusterObservation seen, List<NodesReply.Node> nodes) {
        return plan.names().nodes(plan.replicas()).stream()
                .filter(name -> nodes.stream()
                                .noneMatch(node -> name.equals(node.name()) && "HEALTHY".equals(node.status()))
                        || seen.live().pods().stream()
                                .filter(PodTrouble::ready)
                                .noneMatch(pod -> name.equals(pod.getMetadata().getName())))
                .toList();
    }

    /** Without asynchronous replication an empty copy stays empty, but for what somebody reads. */
    private void converge(WeaviateCluster cluster, ClusterPlan plan, ShardLayout layout, Endpoint endpoint)
            throws WeaviateException {
        var replaced = plan.storage().volumes().replaced();
        var concerned = layout.shards()
                .filter(shard ->
                        shard.replicas().size() > 1 && shard.replicas().stream().anyMatch(replaced::contains))
                .map(ShardLayout.Shard::collection)
                .collect(Collectors.toCollection(TreeSet::new));
        for (var collection : weaviate.schema(endpoint).classes()) {
            if (concerned.contains(collection.name()) && !collection.converges()) {
                weaviate.replicateAsynchronously(endpoint, collection.name());
                events.record(
                        cluster,
                        new Announcement(
                                false,
                                "AsyncReplicationEnabled",
                                "Collection %s replicates asynchronously from now on (replicationConfig.asyncEnabled), so that nodes %s get their replicas again."
                                        .formatted(collection.name(), replaced)));
            }
        }
    }

    private static List<Copy> copies(List<NodesReply.Node> nodes) {
        return nodes.stream()
                .flatMap(node -> node.shards().stream()
                        .filter(shard -> shard.collection() != null && shard.name() != null)
                        .map(shard -> new Copy(
                                Objects.requireNonNullElse(node.name(), ""),
                                shard.collection(),
                                shard.name(),
                                shard.objectCount(),
                                shard.asyncReplicationStatus().stream()
                                        .filter(round -> round.targetNode() != null)
                                        .map(ReplacedVolumes::sent)
                                        .toList())))
                .toList();
    }

    private static Copy.Sent sent(NodesReply.AsyncReplication round) {
        return new Copy.Sent(
                round.targetNode(), Instant.ofEpochMilli(round.startDiffTimeUnixMillis()), round.objectsPropagated());
    }

    /** @param present UIDs of the claims by node */
    private static Finding loss(ClusterPlan plan, SortedSet<String> nodes, Losses losses, Map<String, String> present) {
        var confirmation = confirmation(plan, nodes, present);
        if (losses.schema()) {
            return new Finding(
                    Topic.DATA_LOSS,
                    "VolumeReplaced",
                    "Nodes %s came back with an empty volume, and with them went the Raft state: the schema, and so every collection, may be gone. Bring the old volumes back, or restore a backup, then confirm with: %s"
                            .formatted(nodes, confirmation));
        }
        var collections = losses.collections().values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
        var more = collections.size() > MENTIONED ? " and %d more".formatted(collections.size() - MENTIONED) : "";
        return new Finding(
                Topic.DATA_LOSS,
                "VolumeReplaced",
                "Nodes %s came back with an empty volume, and shards of %s%s had no replica elsewhere: their objects are gone, and Weaviate answers without them. Restore these collections from a backup or write them again, then confirm with: %s"
                        .formatted(
                                nodes,
                                collections.stream().limit(MENTIONED).collect(Collectors.joining(", ")),
                                more,
                                confirmation));
    }

    private static boolean accepted(WeaviateCluster cluster, String uid) {
        return Optional.ofNullable(cluster.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Labels.ACCEPT_LOSS))
                .map(uids -> List.of(uids.split(",")))
                .orElse(List.of())
                .contains(uid);
    }

    /** The later of: the pod is ready; the condition tells of it, which comes after asynchronous replication is on. */
    private Instant since(WeaviateCluster cluster, ClusterObservation seen, String node) {
        var ready = seen.live().pods().stream()
                .filter(pod -> node.equals(pod.getMetadata().getName()))
                .map(Pod::getStatus)
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(condition -> condition.getLastTransitionTime());
        var told = Optional.ofNullable(cluster.getStatus())
                .map(WeaviateClusterStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, "ReplicasComplete"))
                .map(condition -> condition.getLastTransitionTime());
        return told.isEmpty()
                ? clock.instant()
                : Stream.concat(ready, told.stream())
                        .filter(Objects::nonNull)
                        .map(Instant::parse)
                        .max(Instant::compareTo)
                        .orElseGet(clock::instant);
    }
}
