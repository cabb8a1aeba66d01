package dev.heddle.core.status;

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
        return pods(plan, seen)
                .or(() -> rolling(plan, seen))
                .or(() -> weaviate(plan, seen))
                .or(() -> replicas(plan))
                .orElseGet(() -> new ClusterHealth(
                        true,
                        false,
                        "Serving",
                        "%d of %d nodes serve Weaviate %s."
                                .formatted(plan.replicas(), plan.replicas(), plan.version())));
    }

    private static Optional<ClusterHealth> replicas(ClusterPlan plan) {
        return plan.findings().stream()
                .filter(finding -> finding.topic() == Topic.REPLICAS)
                .findFirst()
                .map(finding -> new ClusterHealth(false, false, finding.reason(), finding.message()));
    }

    /** What keeps the cluster from serving, whichever configuration its pods have. */
    public static Optional<ClusterHealth> unsettled(ClusterPlan plan, ClusterObservation seen) {
        return pods(plan, seen).or(() -> weaviate(plan, seen));
    }

    private static Optional<ClusterHealth> rolling(ClusterPlan plan, ClusterObservation seen) {
        int outdated = Revisions.outdated(seen.live().statefulSet(), seen.live().pods())
                .size();
        return outdated == 0
                ? Optional.empty()
                : Optional.of(new ClusterHealth(
                        false,
                        false,
                        "RollingOut",
                        "All %d pods are ready, %d of them have yet to get the changed configuration."
                                .formatted(plan.replicas(), outdated)));
    }

    private static Optional<ClusterHealth> pods(ClusterPlan plan, ClusterObservation seen) {
        var pods = seen.live().pods().stream()
                .filter(pod -> Names.ordinal(pod) < plan.replicas())
                .toList();
        long ready = pods.stream().filter(PodTrouble::ready).count();
        if (ready >= plan.replicas()) {
            return Optional.empty();
        }
        var counted = "%d of %d pods are ready.".formatted(Math.min(ready, plan.replicas()), plan.replicas());
        var trouble = PodTrouble.first(pods, seen.live().warnings());
        if (trouble.isPresent()) {
            return Optional.of(new ClusterHealth(
                    false,
                    false,
                    trouble.get().reason(),
                    counted + " " + sentence(trouble.get().message())));
        }
        var told = counted + " " + UnreadyPods.words(plan.names().nodes(plan.replicas()), pods);
        boolean rolling = !Revisions.outdated(seen.live().statefulSet(), pods).isEmpty();
        return Optional.of(
                rolling && pods.size() >= plan.replicas()
                        ? new ClusterHealth(
                                false, false, "RollingOut", told + " A changed configuration is being rolled out.")
                        : new ClusterHealth(false, false, "PodsNotReady", told));
    }

    private static Optional<ClusterHealth> weaviate(ClusterPlan plan, ClusterObservation seen) {
        return switch (seen.weaviate()) {
            case WeaviateReport.NotAsked nobody -> problem("PodsNotReady", "No pod can be asked yet.");
            case WeaviateReport.Unreachable gone ->
                problem(
                        "WeaviateUnreachable",
                        "The pods are ready, but Weaviate does not answer the operator: " + gone.why()
                                + meshHint(plan));
            case WeaviateReport.Refused refused ->
                problem(
                        refused.status() == 401 || refused.status() == 403
                                ? "OperatorNotAuthorized"
                                : "WeaviateRefused",
                        "Weaviate refuses the operator's question: " + refused.message());
            case WeaviateReport.Answered answered -> {
                var staying = answered.without(leaving(plan, seen));
                yield nodes(plan, staying).or(() -> raft(plan, staying));
            }
        };
    }

    /** Pods beyond the planned ones are about to go; what Weaviate still says of them does not count. */
    private static Set<String> leaving(ClusterPlan plan, ClusterObservation seen) {
        return seen.live().pods().stream()
                .filter(pod -> Names.ordinal(pod) >= plan.replicas())
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static String meshHint(ClusterPlan plan) {
        var mesh = plan.spec().serviceMesh();
        return mesh != null && Boolean.TRUE.equals(mesh.mTLS())
                ? " With serviceMesh.mTLS the operator's own pods have to be in the mesh."
                : "";
    }

    private static Optional<ClusterHealth> nodes(ClusterPlan plan, WeaviateReport.Answered answered) {
        var expected = new TreeSet<>(plan.names().nodes(plan.replicas()));
        var names = answered.nodes().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(expected)) {
            return problem("NodesDiffer", "Weaviate sees nodes %s, expected are %s.".formatted(names, expected));
        }
        var ill = answered.nodes().stream()
                .filter(node -> !"HEALTHY".equals(node.status()))
                .map(node -> node.name() + " " + node.status())
                .toList();
        return ill.isEmpty()
                ? Optional.empty()
                : problem("NodesUnhealthy", "Weaviate reports: " + String.join(", ", ill) + ".");
    }

    private static Optional<ClusterHealth> raft(ClusterPlan plan, WeaviateReport.Answered answered) {
        var views = answered.raft();
        var expected = Set.copyOf(plan.names().nodes(plan.replicas()));
        if (!views.stream().map(RaftView::name).collect(Collectors.toSet()).equals(expected)) {
            return problem(
                    "RaftIncomplete",
                    "Only %s take part in Raft, expected are %s."
                            .formatted(
                                    views.stream().map(RaftView::name).sorted().toList(), new TreeSet<>(expected)));
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
        return configuration(plan, views, expected);
    }

    private static Optional<ClusterHealth> configuration(ClusterPlan plan, List<RaftView> views, Set<String> expected) {
        var voters = Set.copyOf(plan.names().nodes(plan.voters()));
        return views.stream()
                .filter(view -> !view.peers().isEmpty())
                .filter(view ->
                        !new HashSet<>(view.peers()).equals(expected) || !new HashSet<>(view.voters()).equals(voters))
                .findFirst()
                .flatMap(view -> problem(
                        "RaftConfigurationDiffers",
                        "Raft on %s has voters %s of peers %s; planned are voters %s of %s."
                                .formatted(
                                        view.name(),
                                        new TreeSet<>(view.voters()),
                                        new TreeSet<>(view.peers()),
                                        new TreeSet<>(voters),
                                        new TreeSet<>(expected))));
    }

    private static Optional<ClusterHealth> problem(String reason, String message) {
        return Optional.of(new ClusterHealth(false, true, reason, message));
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("…") || text.endsWith(")") ? text : text + ".";
    }
}
