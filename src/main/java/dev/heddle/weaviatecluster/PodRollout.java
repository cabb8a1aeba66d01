package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStrategy;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.OnlyReplicaAway;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.core.upgrade.Revisions;
import dev.heddle.core.upgrade.Rollout;
import dev.heddle.core.upgrade.Rollout.Member;
import dev.heddle.core.upgrade.RolloutPlanner;
import dev.heddle.core.upgrade.RolloutPlanner.Step;
import dev.heddle.core.upgrade.Upgrade;
import dev.heddle.core.upgrade.UpgradeNotes;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Looks at the pods, and replaces one where it may. */
final class PodRollout {
    private static final Logger LOG = Logger.getLogger(PodRollout.class);
    /**
     * Nodes of two minors may be unable to repair each other: 1.36.0 moved the path on which 1.35 compares replicas.
     * They do so once all have the same one.
     */
    private static final Duration MIXED = Duration.ofSeconds(30);

    private final WeaviateApi api;
    private final RolloutGate gate;
    private final RunningBackups backups;
    private final DatabasePods access;
    private final Clock clock;

    PodRollout(WeaviateApi api, DatabasePods access, RunningBackups backups, Clock clock) {
        this.api = api;
        this.gate = new RolloutGate(api);
        this.backups = backups;
        this.access = access;
        this.clock = clock;
    }

    /** @param blocked why pods that serve have to stay for now */
    PodView look(ClusterPlan plan, ClusterObservation seen, Optional<String> blocked) {
        var set = plan.live().orElseThrow();
        var newest = Revisions.newest(set);
        boolean applied = newest.isPresent() && Revisions.version(set).equals(Optional.of(plan.version()));
        int size = size(plan, seen);
        var pods = seen.live().pods().stream()
                .filter(pod -> Names.ordinal(pod) < size)
                .toList();
        // Before the template is there, no pod can have come from it.
        var outdated = applied
                ? pods.stream()
                        .filter(pod -> Revisions.outdated(pod, newest.get()))
                        .toList()
                : pods;
        var names = outdated.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
        var ready = pods.stream()
                .filter(PodTrouble::ready)
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing(Names::ordinal))
                .toList();
        var leader = leader(plan, seen, ready);
        var stepped = pods.stream()
                .filter(pod -> stepped(plan, pod, names))
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toSet());
        // One whose pod is gone was asked about too early.
        var side = leader.filter(name -> pods.stream()
                        .anyMatch(pod -> name.equals(pod.getMetadata().getName())))
                .map(name -> stepped.contains(name) ? Upgrade.Leader.NEW_VERSION : Upgrade.Leader.FORMER_VERSION)
                .orElse(Upgrade.Leader.UNKNOWN);
        var rollout = new Rollout(
                plan.upgrade().isPresent() ? plan.version() : "the changed configuration",
                pods.stream().map(pod -> member(pod, names, stepped)).toList(),
                size,
                leader,
                unsettled(plan.scaling(size, Optional.empty()), seen),
                blocked,
                ClusterDefaults.upgradeStrategy(plan.spec()) == UpgradeStrategy.ONDELETE);
        var current = pods.stream().filter(pod -> !outdated.contains(pod)).toList();
        return new PodView(rollout, applied, side, current, ready);
    }

    /** Nodes that are there, or whose data is: a StatefulSet that others shrank is to have them all again. */
    private static int size(ClusterPlan plan, ClusterObservation seen) {
        int data = seen.live().claims().stream()
                .filter(claim -> !LiveCluster.drained(claim))
                .mapToInt(claim -> Names.ordinal(claim) + 1)
                .max()
                .orElse(0);
        int live = plan.live().orElseThrow().getSpec().getReplicas();
        return Math.min(plan.replicas(), Math.max(live, data));
    }

    /** By its version, because a changed configuration alone makes a revision too; where no tag tells, by that. */
    private static boolean stepped(ClusterPlan plan, Pod pod, Set<String> outdated) {
        return Revisions.version(pod)
                .map(version -> !version.equals(plan.running()))
                .orElse(!outdated.contains(pod.getMetadata().getName()));
    }

    private static Member member(Pod pod, Set<String> outdated, Set<String> stepped) {
        var name = pod.getMetadata().getName();
        return new Member(
                name,
                Names.ordinal(pod),
                outdated.contains(name),
                PodTrouble.readySince(pod),
                pod.getMetadata().getDeletionTimestamp() != null,
                stepped.contains(name) && started(pod));
    }

    private static boolean started(Pod pod) {
        return pod.getStatus() != null
                && Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream()
                        .anyMatch(PodRollout::started);
    }

    private static boolean started(ContainerStatus container) {
        var state = container.getState();
        var last = container.getLastState();
        return state != null && (state.getRunning() != null || state.getTerminated() != null)
                || last != null && last.getTerminated() != null
                || container.getRestartCount() != null && container.getRestartCount() > 0;
    }

    /** From what was asked anyway; while a pod is away, which leaves that unasked, only where a way back depends on it. */
    private Optional<String> leader(ClusterPlan plan, ClusterObservation seen, List<Pod> ready) {
        if (seen.weaviate() instanceof WeaviateReport.Answered answered) {
            return answered.raft().stream()
                    .filter(RaftView::isLeader)
                    .map(RaftView::name)
                    .findFirst();
        }
        boolean matters = plan.upgrade()
                .filter(notes -> notes.stage() == UpgradeStage.ROLLING || notes.stage() == UpgradeStage.STOPPED)
                .isPresent();
        if (!matters || ready.isEmpty()) {
            return Optional.empty();
        }
        try {
            return api.statistics(endpoint(ready.getFirst(), seen)).statistics().stream()
                    .filter(node -> Optional.ofNullable(node.raft())
                            .map(StatisticsReply.Raft::state)
                            .filter("Leader"::equals)
                            .isPresent())
                    .map(StatisticsReply.Node::name)
                    .findFirst();
        } catch (WeaviateException nobody) {
            return Optional.empty();
        }
    }

    private static Optional<String> unsettled(ClusterPlan plan, ClusterObservation seen) {
        return ClusterHealth.unsettled(plan, seen)
                .map(ClusterHealth::message)
                .or(() -> plan.findings().stream()
                        .filter(finding -> finding.topic() == Topic.REPLICAS)
                        .findFirst()
                        .map(Finding::message))
                .or(() -> seen.weaviate() instanceof WeaviateReport.Answered answered
                        ? unsettled(answered)
                        : Optional.empty());
    }

    private static Optional<String> unsettled(WeaviateReport.Answered answered) {
        if (!answered.inSync()) {
            return Optional.of("not all nodes have applied the same Raft log yet.");
        }
        return answered.nodes().stream()
                .filter(node -> !node.readOnly().isEmpty())
                .findFirst()
                .map(node -> "node %s has shards that take no writes.".formatted(node.name()));
    }

    /** What no report shows, asked of Weaviate itself: where replicas are, and whether the last pod has caught up. */
    Optional<String> hidden(ClusterPlan plan, ClusterObservation seen, PodView view) {
        return hidden(plan, seen, view, places(plan, seen, view));
    }

    private RolloutGate.Places places(ClusterPlan plan, ClusterObservation seen, PodView view) {
        var nodes = plan.names().nodes(view.rollout().size());
        return view.ready().stream()
                .findFirst()
                .map(pod -> gate.replicas(plan, endpoint(pod, seen), nodes))
                .orElse(RolloutGate.Places.closed("no pod can be asked."));
    }

    private Optional<String> hidden(
            ClusterPlan plan, ClusterObservation seen, PodView view, RolloutGate.Places places) {
        return places.obstacle()
                .or(() -> behind(plan, seen, view))
                // A step that has begun is carried through: its time runs.
                .or(() -> plan.upgrade().isPresent()
                        ? Optional.empty()
                        : backups.goingOn(plan, seen, endpoint(view.ready().getFirst(), seen)));
    }

    /** Between two pods of one version the last one; where none is to be replaced, every one. */
    private Optional<String> behind(ClusterPlan plan, ClusterObservation seen, PodView view) {
        var pods = view.ready();
        var last = pods.stream()
                .max(Comparator.comparing(pod -> PodTrouble.readySince(pod).orElse(Instant.EPOCH)))
                .orElseThrow();
        boolean between = !view.rollout().outdated().isEmpty();
        var patience = between && crossing(plan)
                ? MIXED
                : ClusterDefaults.upgradeTimeout(plan.spec()).dividedBy(2);
        if (pods.size() < 2
                || PodTrouble.readySince(last)
                        .orElse(Instant.EPOCH)
                        .plus(patience)
                        .isBefore(clock.instant())) {
            return Optional.empty();
        }
        var all = pods.stream().map(pod -> endpoint(pod, seen)).toList();
        return gate.caughtUp(all, between ? List.of(endpoint(last, seen)) : all);
    }

    private static boolean crossing(ClusterPlan plan) {
        return plan.upgrade().filter(notes -> !UpgradeNotes.sameMinor(notes)).isPresent();
    }

    static Endpoint endpoint(Pod pod, ClusterObservation seen) {
        return new Endpoint(
                pod.getStatus().getPodIP(), Ports.HTTP, seen.credentials().operatorKey());
    }

    /** @param told what people should know before it goes on */
    record Progress(Optional<String> message, List<Finding> told) {
        static final Progress NONE = new Progress(Optional.empty(), List.of());

        static Progress of(String message) {
            return new Progress(Optional.of(message), List.of());
        }
    }

    /** How far it is; no message when every pod has what is wanted, or the template is not there yet. */
    Progress advance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, PodView view) {
        if (!view.applied()) {
            return Progress.NONE;
        }
        return switch (RolloutPlanner.next(view.rollout(), clock.instant())) {
            case Step.Over _ -> Progress.NONE;
            case Step.Wait wait -> Progress.of(wait.message());
            case Step.Replace step when step.serving() -> replace(cluster, plan, seen, view, step);
            case Step.Replace step -> delete(plan, seen, step);
        };
    }

    /** One that serves goes when Weaviate can do without it, and where it cannot wholly, once that was announced. */
    private Progress replace(
            WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, PodView view, Step.Replace step) {
        var places = places(plan, seen, view);
        var problem = hidden(plan, seen, view, places);
        if (problem.isPresent()) {
            return Progress.of(step.message() + " It waits: " + problem.get());
        }
        var alone = places.only(step.pod());
        if (alone.isEmpty()) {
            return delete(plan, seen, step);
        }
        var waiting = step.message() + " Its restart is announced first.";
        return switch (OnlyReplicaAway.turn(step.pod(), OnlyReplicaAway.of(cluster.getStatus()), clock.instant())) {
            case ANNOUNCE ->
                new Progress(Optional.of(waiting), List.of(OnlyReplicaAway.announcement(step.pod(), alone)));
            case WAIT -> Progress.of(waiting);
            case RESTART -> delete(plan, seen, step);
        };
    }

    /** Only the pod that was looked at, and only while the cache shows what is there: one pod at a time. */
    private Progress delete(ClusterPlan plan, ClusterObservation seen, Step.Replace step) {
        var progress = Progress.of(step.message());
        var there = access.of(plan.names());
        if (!traits(there).equals(traits(seen.live().pods()))) {
            return progress;
        }
        LOG.infof("%s: replacing pod %s: %s", plan.names(), step.pod(), step.message());
        there.stream()
                .filter(pod -> pod.getMetadata().getName().equals(step.pod()))
                .forEach(access::delete);
        return progress;
    }

    private record Trait(String uid, boolean ready, boolean leaving) {}

    private static Set<Trait> traits(List<Pod> pods) {
        return pods.stream()
                .map(pod -> new Trait(
                        pod.getMetadata().getUid(),
                        PodTrouble.ready(pod),
                        pod.getMetadata().getDeletionTimestamp() != null))
                .collect(Collectors.toSet());
    }
}
