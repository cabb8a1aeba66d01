package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.autoscale.ScalingPolicy;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Versions;
import dev.heddle.core.scale.DrainPlanner;
import dev.heddle.core.scale.Rebalancer;
import dev.heddle.core.scale.ScaleIn;
import dev.heddle.core.scale.ScaleStep;
import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.PeerEndpoint;
import dev.heddle.weaviate.ReplicationRequest;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries a cluster to the number of nodes that is asked for: nodes that leave are drained first, new ones get their
 * share. Takes one step in each reconcile, which {@link DrainPlanner} and {@link Rebalancer} decide.
 */
@ApplicationScoped
public class ClusterScaling {
    private static final Logger LOG = Logger.getLogger(ClusterScaling.class);
    private static final String DRAINING = "DrainingNode";
    private static final String REBALANCING = "Rebalancing";

    private final WeaviateApi weaviate;
    private final ShardSource shards;
    private final RunningBackups backups;
    private final DrainedClaims claims;
    private final WritePauses pauses;
    private final OperatorConfig config;
    private final Clock clock;
    /** When a cluster that looks uneven was last found to be as even as it gets. */
    private final Map<Names, Look> looks = new ConcurrentHashMap<>();

    private record Look(Instant at, int nodes) {}

    ClusterScaling(
            WeaviateApi weaviate, KubernetesClient client, RunningBackups backups, OperatorConfig config, Clock clock) {
        this.weaviate = weaviate;
        this.shards = new ShardSource(weaviate);
        this.backups = backups;
        this.claims = new DrainedClaims(client);
        this.pauses = new WritePauses(weaviate, client, clock);
        this.config = config;
        this.clock = clock;
    }

    void forget(WeaviateCluster cluster) {
        looks.remove(names(cluster));
    }

    private static Names names(WeaviateCluster cluster) {
        return new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
    }

    /** Whatever else is to be done: writes wait until no shard moves that would lose them. */
    ClusterPlan hold(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        return !plan.writesPaused() && pauses.goesOn(cluster, seen) ? plan.pausingWrites() : plan;
    }

    /** The same where there can be no plan: whether writes stay paused; else the pause is ended, and nothing else. */
    boolean hold(WeaviateCluster cluster, ClusterObservation seen) {
        boolean paused = pauses.goesOn(cluster, seen);
        if (!paused) {
            pauses.end(names(cluster));
        }
        return paused;
    }

    /** The plan with the number of nodes that it may have now, and what is being done about the rest. */
    ClusterPlan advance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        int target = ClusterDefaults.replicas(plan.spec());
        int live = live(plan, seen);
        var blocking = claims.clear(plan, seen.live(), live);
        if (plan.operation().isPresent()) {
            // Other work goes first; only claims are seen to, because nodes may come meanwhile, and none leaves.
            claims.unmark(seen.live(), live);
            return blocking.isEmpty() ? plan : plan.scaling(Math.max(1, live), plan.operation());
        }
        expel(plan, seen);
        if (target < plan.replicas()) {
            return drain(cluster, plan, seen, target);
        }
        claims.unmark(seen.live(), live);
        if (!blocking.isEmpty()) {
            return plan.scaling(
                    Math.max(1, live),
                    going(
                            "ClearingVolumes",
                            "New nodes wait until the empty volumes of former nodes are deleted: %s."
                                    .formatted(blocking.stream()
                                            .map(claim -> claim.getMetadata().getName())
                                            .sorted()
                                            .collect(Collectors.joining(", ")))));
        }
        return rebalance(cluster, plan, seen);
    }

    /** Nodes of the StatefulSet; where it is gone, those whose claims hold data. */
    private static int live(ClusterPlan plan, ClusterObservation seen) {
        return plan.live().map(set -> set.getSpec().getReplicas()).orElseGet(() -> seen.live().claims().stream()
                .filter(claim -> !LiveCluster.drained(claim))
                .mapToInt(claim -> Names.ordinal(claim) + 1)
                .max()
                .orElse(0));
    }

    private ClusterPlan drain(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, int target) {
        var step = DrainPlanner.next(situation(cluster, plan, seen, target));
        int last = plan.replicas() - 1;
        if (!(step instanceof ScaleStep.Mark) && !(step instanceof ScaleStep.Leave)) {
            claims.unmark(seen.live(), plan.replicas());
        }
        return switch (step) {
            case ScaleStep.Refuse refuse -> plan.with(List.of(refusal(plan, refuse)));
            case ScaleStep.Wait wait -> plan.scaling(plan.replicas(), going(DRAINING, wait.message()));
            case ScaleStep.Moves moves ->
                plan.scaling(plan.replicas(), going(DRAINING, moves.message() + begin(moves.moves(), plan, seen)));
            case ScaleStep.Pause pause ->
                plan.scaling(plan.replicas(), going(DRAINING, pause.message() + begin(pause.moves(), plan, seen)))
                        .pausingWrites();
            case ScaleStep.Mark mark -> {
                claims.mark(seen.live(), last);
                yield plan.scaling(
                        plan.replicas(), going(DRAINING, "Node %s leaves: it is empty.".formatted(mark.node())));
            }
            case ScaleStep.Leave leave -> {
                var problem = remove(leave.node(), plan, seen);
                yield problem.isPresent()
                        ? plan.scaling(plan.replicas(), going(DRAINING, problem.get()))
                        : plan.scaling(
                                leave.left(), going(DRAINING, "Node %s is empty and leaves.".formatted(leave.node())));
            }
        };
    }

    /** The autoscaler's number is no word of the user's, who is told the field that is. */
    private static Finding refusal(ClusterPlan plan, ScaleStep.Refuse refuse) {
        return ScalingPolicy.enabled(plan.spec()).isEmpty()
                ? new Finding(Finding.Topic.SPEC, refuse.reason(), refuse.words())
                : new Finding(
                        Finding.Topic.AUTO_SCALING,
                        refuse.reason(),
                        refuse.words()
                                .replace("spec.replicas is ", "The autoscaler asks for ")
                                .replace("spec.replicas", "spec.autoScaling.minReplicas"));
    }

    private ScaleIn situation(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, int target) {
        boolean possible = target >= plan.voters() && unsupported(plan).isEmpty();
        // A configuration that has yet to be rolled out waits for this, so this does not wait for it.
        var unsettled = ClusterHealth.unsettled(plan.scaling(target, Optional.empty()), seen)
                .map(ClusterHealth::message)
                .or(() -> possible ? backup(plan, seen) : Optional.empty());
        return new ScaleIn(
                unsupported(plan),
                plan.names().nodes(plan.replicas()),
                target,
                plan.voters(),
                ClusterDefaults.maxConcurrentMoves(plan.spec()),
                unsettled,
                possible && unsettled.isEmpty() ? ask(plan, seen) : new ShardReport.Unknown("not asked yet"),
                held(seen),
                pauses.of(cluster, plan, seen),
                DrainedClaims.marked(seen.live(), plan.replicas() - 1));
    }

    private Optional<String> backup(ClusterPlan plan, ClusterObservation seen) {
        return node(plan, seen).flatMap(node -> backups.goingOn(plan, seen, node));
    }

    private static Optional<String> unsupported(ClusterPlan plan) {
        var least = plan.catalog().features().get("replicaMovement");
        return Versions.atLeast(plan.version(), least)
                ? Optional.empty()
                : Optional.of("Weaviate %s cannot move shard replicas, %s and later can; upgrade first."
                        .formatted(plan.version(), least));
    }

    /** Shards that each node lists; one that is ill lists none that could be relied on. */
    private static Map<String, Long> held(ClusterObservation seen) {
        return seen.weaviate() instanceof WeaviateReport.Answered answered
                ? answered.nodes().stream()
                        .filter(WeaviateReport.Node::healthy)
                        .collect(Collectors.toMap(
                                WeaviateReport.Node::name, WeaviateReport.Node::shards, (one, other) -> one))
                : Map.of();
    }

    private ClusterPlan rebalance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        if (!ClusterDefaults.rebalance(plan.spec())
                || plan.replicas() < 2
                || unsupported(plan).isPresent()) {
            return plan;
        }
        boolean begun = begun(cluster);
        var unsettled = ClusterHealth.unsettled(plan, seen);
        if (unsettled.isPresent()) {
            return begun
                    ? rebalancing(
                            plan,
                            "It goes on when the cluster serves again: "
                                    + unsettled.get().message())
                    : plan;
        }
        if (!begun && !due(plan, seen)) {
            return plan;
        }
        return switch (ask(plan, seen)) {
            case ShardReport.Known known -> rebalance(plan, seen, known.layout(), begun);
            case ShardReport.Unknown unknown -> begun ? rebalancing(plan, unknown.why()) : plan;
            case ShardReport.Refused _ -> plan;
        };
    }

    private ClusterPlan rebalance(ClusterPlan plan, ClusterObservation seen, ShardLayout layout, boolean begun) {
        var nodes = plan.names().nodes(plan.replicas());
        var step = Rebalancer.next(nodes, layout, ClusterDefaults.maxConcurrentMoves(plan.spec()), begun);
        if (step.isEmpty()) {
            looks.put(plan.names(), new Look(clock.instant(), plan.replicas()));
            return plan;
        }
        return switch (step.get()) {
            case ScaleStep.Moves moves -> rebalancing(plan, moves.message() + begin(moves.moves(), plan, seen));
            case ScaleStep.Wait wait -> rebalancing(plan, wait.message());
            case ScaleStep.Refuse _, ScaleStep.Pause _, ScaleStep.Mark _, ScaleStep.Leave _ ->
                throw new IllegalStateException("not a step of a rebalancing: " + step.get());
        };
    }

    private static ClusterPlan rebalancing(ClusterPlan plan, String message) {
        return plan.scaling(plan.replicas(), going(REBALANCING, message));
    }

    /** The status outlives a crash; a failed attempt in between takes the reason, not the phase. */
    private static boolean begun(WeaviateCluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .filter(status -> status.phase() == ClusterPhase.SCALING)
                .flatMap(status ->
                        Conditions.find(Objects.requireNonNullElse(status.conditions(), List.of()), "Reconciling"))
                .filter(condition -> List.of(REBALANCING, "Retrying").contains(condition.getReason()))
                .isPresent();
    }

    /** Whether a node holds so little that it is worth the question, and it was not asked lately. */
    private boolean due(ClusterPlan plan, ClusterObservation seen) {
        var last = looks.get(plan.names());
        boolean lately = last != null
                && last.nodes() == plan.replicas()
                && last.at().plus(config.healthInterval()).isAfter(clock.instant());
        return !lately && Rebalancer.lean(List.copyOf(held(seen).values()));
    }

    /** From 1.35.7 on a node that left stays in Raft until it is removed; it may also have joined again on its way out. */
    private void expel(ClusterPlan plan, ClusterObservation seen) {
        if (!(seen.weaviate() instanceof WeaviateReport.Answered answered)
                || unsupported(plan).isPresent()) {
            return;
        }
        var strangers = answered.raft().stream()
                .flatMap(view -> view.peers().stream())
                .filter(peer -> peer.matches(plan.names().statefulSet() + "-[0-9]+"))
                .collect(Collectors.toCollection(TreeSet::new));
        strangers.removeAll(plan.names().nodes(plan.replicas()));
        seen.live().pods().forEach(pod -> strangers.remove(pod.getMetadata().getName()));
        if (!strangers.isEmpty() && ask(plan, seen) instanceof ShardReport.Known known) {
            strangers.stream()
                    .filter(node -> known.layout().on(node).isEmpty())
                    .forEach(node -> remove(node, plan, seen));
        }
    }

    private static Optional<Operation> going(String reason, String message) {
        return Optional.of(new Operation(ClusterPhase.SCALING, reason, message));
    }

    private ShardReport ask(ClusterPlan plan, ClusterObservation seen) {
        return node(plan, seen).map(shards::of).orElse(new ShardReport.Unknown("no pod can be asked."));
    }

    /** Posts the moves; returns what Weaviate said against one, or nothing. */
    private String begin(List<ScaleStep.Move> moves, ClusterPlan plan, ClusterObservation seen) {
        var endpoint = endpoint(plan, seen);
        for (var move : moves) {
            try {
                weaviate.replicate(
                        endpoint,
                        new ReplicationRequest(move.collection(), move.shard(), move.source(), move.target(), "MOVE"));
                LOG.infof(
                        "%s: moving %s/%s from %s to %s",
                        plan.names(), move.collection(), move.shard(), move.source(), move.target());
            } catch (WeaviateException.Refused refused) {
                forgetFormer(endpoint, move);
                return refusedMove(move, refused);
            } catch (WeaviateException problem) {
                return refusedMove(move, problem);
            }
        }
        return "";
    }

    private static String refusedMove(ScaleStep.Move move, WeaviateException problem) {
        return " Weaviate did not begin to move shard %s/%s: %s"
                .formatted(move.collection(), move.shard(), problem.getMessage());
    }

    /**
     * Weaviate moves a replica away from a node only once, as long as it remembers the move: a node that left and came
     * back could not be drained again. The move is begun anew when it has forgotten, seconds later.
     */
    private void forgetFormer(Endpoint endpoint, ScaleStep.Move move) {
        try {
            for (var former : weaviate.operations(endpoint).operations()) {
                boolean same = move.collection().equals(former.collection())
                        && move.shard().equals(former.shard())
                        && move.source().equals(former.sourceNode());
                boolean ended = former.status() != null
                        && "READY".equals(former.status().state());
                if (same && ended && former.id() != null) {
                    weaviate.forget(endpoint, former.id());
                }
            }
        } catch (WeaviateException later) {
            LOG.debugf("%s could not be asked to forget: %s", endpoint, later.getMessage());
        }
    }

    private static Endpoint endpoint(ClusterPlan plan, ClusterObservation seen) {
        return node(plan, seen).orElseThrow();
    }

    private static Optional<Endpoint> node(ClusterPlan plan, ClusterObservation seen) {
        return address(plan, seen)
                .map(host -> new Endpoint(host, Ports.HTTP, seen.credentials().operatorKey()));
    }

    /** Returns why it did not work. */
    private Optional<String> remove(String node, ClusterPlan plan, ClusterObservation seen) {
        try {
            weaviate.removeNode(
                    new PeerEndpoint(
                            address(plan, seen).orElseThrow(),
                            Ports.DATA,
                            Credentials.CLUSTER_USER,
                            seen.credentials().clusterPassword()),
                    node);
            LOG.infof("%s: removed node %s from Raft", plan.names(), node);
            return Optional.empty();
        } catch (WeaviateException problem) {
            return Optional.of(
                    "Node %s is empty; Weaviate did not remove it from Raft: %s".formatted(node, problem.getMessage()));
        }
    }

    /** Of a node that stays. */
    private static Optional<String> address(ClusterPlan plan, ClusterObservation seen) {
        return seen.live().pods().stream()
                .filter(PodTrouble::ready)
                .filter(pod -> Names.ordinal(pod) < plan.voters())
                .map(Pod::getStatus)
                .map(status -> status.getPodIP())
                .filter(Objects::nonNull)
                .findFirst();
    }
}
