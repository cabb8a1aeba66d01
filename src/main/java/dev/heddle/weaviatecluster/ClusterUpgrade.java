package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.HopelessPods;
import dev.heddle.core.upgrade.Ladder;
import dev.heddle.core.upgrade.RolloutPlanner;
import dev.heddle.core.upgrade.Upgrade;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.core.upgrade.Upgrade.Policy;
import dev.heddle.core.upgrade.UpgradePlanner;
import dev.heddle.core.upgrade.UpgradeStep;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Carries a cluster to the version and the configuration that are asked for. Takes one step in each reconcile, which
 * {@link UpgradePlanner} and {@link RolloutPlanner} decide; what is decided about a version is in the status before
 * anything is done about it.
 */
@ApplicationScoped
public class ClusterUpgrade {
    private static final String UPGRADING = "Upgrading";
    private static final String ROLLING_BACK = "RollingBack";

    private final PodRollout pods;
    private final UpgradeBackup backups;
    private final Clock clock;

    @Inject
    ClusterUpgrade(WeaviateApi weaviate, KubernetesClient client, RunningBackups running, Clock clock) {
        this(weaviate, DatabasePods.by(client), running, clock);
    }

    ClusterUpgrade(WeaviateApi weaviate, DatabasePods access, RunningBackups running, Clock clock) {
        this.pods = new PodRollout(weaviate, access, running, clock);
        this.backups = new UpgradeBackup(weaviate);
        this.clock = clock;
    }

    /** The plan with what may be done about version and pods now. */
    Upgraded advance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        if (plan.live().isEmpty()) {
            return Upgraded.to(plan);
        }
        var scaling = scaling(cluster);
        var view = look(plan, seen, scaling);
        var backup = backup(plan, seen, view);
        var step = UpgradePlanner.next(situation(plan, view, scaling, backup), clock.instant());
        return switch (step) {
            case UpgradeStep.None _ -> configuration(cluster, plan, seen, view);
            case UpgradeStep.Refuse refuse ->
                configuration(cluster, plan.with(finding(refuse.reason(), refuse.words())), seen, view);
            case UpgradeStep.Wait wait ->
                new Upgraded(
                        configuration(cluster, plan, seen, view).plan(),
                        false,
                        going(ClusterPhase.UPGRADING, "UpgradePending", wait.message()));
            case UpgradeStep.Change change -> changed(plan, view, change);
            case UpgradeStep.BackUp wanted -> {
                var problem = backup instanceof BackupState.None
                        ? coordinator(seen, view)
                                .map(node -> backups.begin(plan, node, wanted.id()))
                                .orElse("")
                        : "";
                yield held(plan, view, ClusterPhase.UPGRADING, "BackingUp", wanted.message() + problem);
            }
            case UpgradeStep.Roll roll -> {
                var progress = pods.advance(cluster, plan, seen, view);
                var told = plan.with(progress.told());
                var message = progress.message()
                        .orElse(view.rollout()
                                .unsettled()
                                .map(why -> "%s. It waits: %s"
                                        .formatted(view.rollout().progress(), why))
                                .orElse(view.rollout().progress() + "."));
                yield roll.back()
                        ? held(told, view, ClusterPhase.ROLLINGBACK, ROLLING_BACK, message)
                        : held(told, view, ClusterPhase.UPGRADING, UPGRADING, message);
            }
            case UpgradeStep.Halt halt -> {
                pods.advance(cluster, plan, seen, view.with(view.rollout().blocked(halt.words())));
                yield new Upgraded(
                        plan.scaling(view.rollout().size(), Optional.empty())
                                .with(finding(halt.reason(), halt.words())),
                        true,
                        Optional.empty());
            }
        };
    }

    /** With all that Weaviate can be asked where a step is about to begin or to end. */
    private PodView look(ClusterPlan plan, ClusterObservation seen, Optional<String> scaling) {
        boolean stepping = plan.upgrade()
                .filter(notes -> notes.stage() != UpgradeStage.ROLLEDBACK)
                .isPresent();
        var view = pods.look(plan, seen, stepping ? Optional.empty() : scaling);
        boolean turning = stepping ? view.applied() : due(plan);
        boolean quiet = view.rollout().outdated().isEmpty()
                && view.rollout().unsettled().isEmpty();
        return turning && quiet ? view.with(view.rollout().unsettled(pods.hidden(plan, seen, view))) : view;
    }

    private static boolean due(ClusterPlan plan) {
        return plan.upgrade().isEmpty()
                && Ladder.next(
                                plan.running(),
                                plan.spec().version(),
                                plan.catalog().releases())
                        instanceof Ladder.Rung.To;
    }

    private Upgrade situation(ClusterPlan plan, PodView view, Optional<String> scaling, BackupState backup) {
        var spec = plan.spec();
        return new Upgrade(
                plan.running(),
                spec.version(),
                plan.catalog().releases(),
                plan.upgrade(),
                new Policy(
                        ClusterDefaults.upgradeTimeout(spec),
                        ClusterDefaults.upgradeRollback(spec),
                        ClusterDefaults.backupFirst(spec)),
                view.rollout(),
                view.applied(),
                scaling.or(() -> plan.operation().map(Operation::message)),
                view.leader(),
                HopelessPods.first(view.current(), clock.instant()),
                backup);
    }

    private BackupState backup(ClusterPlan plan, ClusterObservation seen, PodView view) {
        var going = plan.upgrade().filter(notes -> notes.stage() == UpgradeStage.BACKINGUP);
        boolean due = plan.upgrade().isEmpty() && ClusterDefaults.backupFirst(plan.spec());
        return due || going.isPresent()
                ? backups.of(plan, coordinator(seen, view), going.map(UpgradeStatus::backup))
                : new BackupState.None();
    }

    private static Optional<Endpoint> coordinator(ClusterObservation seen, PodView view) {
        return view.ready().stream().findFirst().map(pod -> PodRollout.endpoint(pod, seen));
    }

    private static Upgraded changed(ClusterPlan plan, PodView view, UpgradeStep.Change change) {
        boolean back = change.notes()
                .filter(notes -> notes.stage() == UpgradeStage.ROLLINGBACK)
                .isPresent();
        var going = back
                ? going(ClusterPhase.ROLLINGBACK, ROLLING_BACK, change.message())
                : going(ClusterPhase.UPGRADING, UPGRADING, change.message());
        return Upgraded.to(plan.scaling(view.rollout().size(), going).upgrading(change.notes(), going));
    }

    /** Pods that have the version, and yet not all that the spec asks for. */
    private Upgraded configuration(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, PodView view) {
        var progress = pods.advance(cluster, plan, seen, view);
        return progress.message()
                .map(message -> held(plan.with(progress.told()), view, ClusterPhase.UPGRADING, "RollingOut", message))
                .orElse(Upgraded.to(plan));
    }

    /** Nodes neither come nor go meanwhile. */
    private static Upgraded held(ClusterPlan plan, PodView view, ClusterPhase phase, String reason, String message) {
        return Upgraded.to(plan.scaling(view.rollout().size(), going(phase, reason, message)));
    }

    private static Optional<Operation> going(ClusterPhase phase, String reason, String message) {
        return Optional.of(new Operation(phase, reason, message));
    }

    private static List<Finding> finding(String reason, String words) {
        return List.of(new Finding(Topic.SPEC, reason, words));
    }

    /** The number of nodes is changing, by what was last reported: who reports it decides only after this. */
    private static Optional<String> scaling(WeaviateCluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .filter(status -> status.phase() == ClusterPhase.SCALING)
                .flatMap(status ->
                        Conditions.find(Objects.requireNonNullElse(status.conditions(), List.of()), "Reconciling"))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> "nodes come or go: " + condition.getMessage());
    }
}
