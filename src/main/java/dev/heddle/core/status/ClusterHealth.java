package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.upgrade.Revisions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the cluster serves, and if not, why.
 *
 * @param serving every pod is ready, and Weaviate itself agrees
 * @param waiting the next step is Weaviate's, which nobody announces: look again soon
 */
public record ClusterHealth(boolean serving, boolean waiting, String reason, String message) {

    public static ClusterHealth of(ClusterPlan plan, ClusterObservation seen) {
        var expected = Expected.of(plan);
        return pods(expected, seen)
                .or(() -> rolling(expected, seen))
                .or(() -> weaviate(expected, seen))
                .or(() -> replicas(plan))
                .orElseGet(() -> serving(expected));
    }

    /** How it fares whatever the spec says now; empty where there is nothing that could serve. */
    public static Optional<ClusterHealth> observed(WeaviateCluster cluster, ClusterObservation seen) {
        return Expected.of(cluster, seen).map(expected -> pods(expected, seen)
                .or(() -> weaviate(expected, seen))
                .or(() -> incomplete(cluster))
                .orElseGet(() -> serving(expected)));
    }

    private static ClusterHealth serving(Expected expected) {
        return new ClusterHealth(
                true,
                false,
                "Serving",
                "%d of %d nodes serve Weaviate %s."
                        .formatted(expected.replicas(), expected.replicas(), expected.version()));
    }

    /** Who fills replicas again is a plan's work; without one they stay as they are. */
    private static Optional<ClusterHealth> incomplete(WeaviateCluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .map(WeaviateClusterStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, "ReplicasComplete"))
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> new ClusterHealth(false, false, condition.getReason(), condition.getMessage()));
    }

    private static Optional<ClusterHealth> replicas(ClusterPlan plan) {
        return plan.findings().stream()
                .filter(finding -> finding.topic() == Topic.REPLICAS)
                .findFirst()
                .map(finding -> new ClusterHealth(false, false, finding.reason(), finding.message()));
    }

    /** What keeps the cluster from serving, whichever configuration its pods have. */
    public static Optional<ClusterHealth> unsettled(ClusterPlan plan, ClusterObservation seen) {
        var expected = Expected.of(plan);
        return pods(expected, seen).or(() -> weaviate(expected, seen));
    }

    private static Optional<ClusterHealth> rolling(Expected expected, ClusterObservation seen) {
        int outdated = Revisions.outdated(seen.live().statefulSet(), seen.live().pods())
                .size();
        return outdated == 0
                ? Optional.empty()
                : Optional.of(new ClusterHealth(
                        false,
                        false,
                        "RollingOut",
                        "All %d pods are ready, %d of them have yet to get the changed configuration."
                                .formatted(expected.replicas(), outdated)));
    }

    private static Optional<ClusterHealth> pods(Expected expected, ClusterObservation seen) {
        var pods = seen.live().pods().stream()
                .filter(pod -> Names.ordinal(pod) < expected.replicas())
                .toList();
        long ready = pods.stream().filter(PodTrouble::ready).count();
        if (ready >= expected.replicas()) {
            return Optional.empty();
        }
        var counted = "%d of %d pods are ready.".formatted(Math.min(ready, expected.replicas()), expected.replicas());
        var trouble = PodTrouble.first(pods, seen.live().warnings());
        if (trouble.isPresent()) {
            return Optional.of(new ClusterHealth(
                    false,
                    false,
                    trouble.get().reason(),
                    counted + " " + sentence(trouble.get().message())));
        }
        var told = counted + " " + UnreadyPods.words(expected.names().nodes(expected.replicas()), pods);
        boolean rolling = !Revisions.outdated(seen.live().statefulSet(), pods).isEmpty();
        return Optional.of(
                rolling && pods.size() >= expected.replicas()
                        ? new ClusterHealth(
                                false, false, "RollingOut", told + " A changed configuration is being rolled out.")
                        : new ClusterHealth(false, false, "PodsNotReady", told));
    }

    private static Optional<ClusterHealth> weaviate(Expected expected, ClusterObservation seen) {
        return switch (seen.weaviate()) {
            case WeaviateReport.NotAsked nobody -> problem("PodsNotReady", "No pod can be asked yet.");
            case WeaviateReport.Unreachable gone ->
                problem(
                        "WeaviateUnreachable",
                        "The pods are ready, but Weaviate does not answer the operator: " + gone.why()
                                + meshHint(expected));
            case WeaviateReport.Refused refused ->
                problem(
                        refused.status() == 401 || refused.status() == 403
                                ? "OperatorNotAuthorized"
                                : "WeaviateRefused",
                        "Weaviate refuses the operator's question: " + refused.message());
            case WeaviateReport.Answered answered -> {
                var staying = answered.without(leaving(expected, seen));
                yield nodes(expected, staying).or(() -> raft(expected, staying));
            }
        };
    }

    /** Pods beyond the planned ones are about to go; what Weaviate still says of them does not count. */
    private static Set<String> leaving(Expected expected, ClusterObservation seen) {
        return seen.live().pods().stream()
                .filter(pod -> Names.ordinal(pod) >= expected.replicas())
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static String meshHint(Expected expected) {
        return expected.meshed() ? " With serviceMesh.mTLS the operator's own pods have to be in the mesh." : "";
    }

    private static Optional<ClusterHealth> nodes(Expected expected, WeaviateReport.Answered answered) {
        var wanted = new TreeSet<>(expected.names().nodes(expected.replicas()));
        var names = answered.nodes().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(wanted)) {
            return problem("NodesDiffer", "Weaviate sees nodes %s, expected are %s.".formatted(names, wanted));
        }
        var ill = answered.nodes().stream()
                .filter(node -> !node.healthy())
                .map(node -> node.name() + " " + node.status())
                .toList();
        return ill.isEmpty()
                ? Optional.empty()
                : problem("NodesUnhealthy", "Weaviate reports: " + String.join(", ", ill) + ".");
    }

    private static Optional<ClusterHealth> raft(Expected expected, WeaviateReport.Answered answered) {
        var views = answered.raft();
        var wanted = Set.copyOf(expected.names().nodes(expected.replicas()));
        if (!views.stream().map(RaftView::name).collect(Collectors.toSet()).equals(wanted)) {
            return problem(
                    "RaftIncomplete",
                    "Only %s take part in Raft, expected are %s."
                            .formatted(
                                    views.stream().map(RaftView::name).sorted().toList(), new TreeSet<>(wanted)));
        }
        var leaders = views.stream().map(RaftView::leader).collect(Collectors.toSet());
        if (leaders.size() != 1
                || leaders.contains("")
                || views.stream().filter(RaftView::isLeader).count() != 1) {
            return problem(
                    "NoLeader",
                    "The nodes do not agree on a Raft leader: %s."
                            .formatted(views.stream()
                                    .map(view ->
                                            view.name() + "→" + (view.leader().isEmpty() ? "none" : view.leader()))
                                    .sorted()
                                    .toList()));
        }
        var leading = views.stream()
                .filter(RaftView::isLeader)
                .findFirst()
                .orElseThrow()
                .name();
        if (!leaders.contains(leading)) {
            return problem("NoLeader", "Node %s leads Raft, the nodes name %s.".formatted(leading, leaders));
        }
        if (views.stream().allMatch(view -> view.peers().isEmpty())) {
            return problem("RaftIncomplete", "No node tells its Raft configuration.");
        }
        var unready = views.stream()
                .filter(view -> !view.ready())
                .map(RaftView::name)
                .sorted()
                .toList();
        if (!unready.isEmpty()) {
            return problem("NodesLoading", "Nodes %s are still loading.".formatted(unready));
        }
        return configuration(expected, views, wanted);
    }

    private static Optional<ClusterHealth> configuration(Expected expected, List<RaftView> views, Set<String> wanted) {
        var voters = Set.copyOf(expected.names().nodes(expected.voters()));
        return views.stream()
                .filter(view -> !view.peers().isEmpty())
                .filter(view ->
                        !new HashSet<>(view.peers()).equals(wanted) || !new HashSet<>(view.voters()).equals(voters))
                .findFirst()
                .flatMap(view -> problem(
                        "RaftConfigurationDiffers",
                        "Raft on %s has voters %s of peers %s; planned are voters %s of %s."
                                .formatted(
                                        view.name(),
                                        new TreeSet<>(view.voters()),
                                        new TreeSet<>(view.peers()),
                                        new TreeSet<>(voters),
                                        new TreeSet<>(wanted))));
    }

    private static Optional<ClusterHealth> problem(String reason, String message) {
        return Optional.of(new ClusterHealth(false, true, reason, message));
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("…") || text.endsWith(")") ? text : text + ".";
    }
}
