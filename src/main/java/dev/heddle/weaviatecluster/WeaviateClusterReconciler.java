package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.common.Finding;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.OnlyReplicaAway;
import dev.heddle.core.status.WritesPaused;
import dev.heddle.dependent.Children;
import dev.heddle.dependent.RefusedChild;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes true what a WeaviateCluster says: observe, plan (with its guards), apply, report. */
@ControllerConfiguration(name = "weaviatecluster", fieldManager = "heddle", finalizerName = "weaviate.io/volumes")
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(type = ClusterAuthSecret.class),
            @Dependent(type = ClusterServiceAccounts.class),
            @Dependent(type = ClusterServices.class),
            @Dependent(type = ClusterConfigMaps.class),
            @Dependent(type = ClusterStatefulSet.class),
            @Dependent(type = ClusterDeployments.class),
            @Dependent(type = ClusterDisruptionBudgets.class),
            @Dependent(type = ClusterNetworkPolicies.class),
            @Dependent(type = ClusterRoles.class),
            @Dependent(type = ClusterRoleBindings.class)
        })
public class WeaviateClusterReconciler implements Reconciler<WeaviateCluster>, Cleaner<WeaviateCluster> {
    /** Pods announce their changes; this is for what nobody announces, such as a warning event. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What was decided takes effect once it stands in the status. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ClusterObserver observer;
    private final ClusterPlanning planning;
    private final PodCare pods;
    private final OptionalChildren others;
    private final VolumeCare volumes;
    private final ClusterReporter reporter;

    @Inject
    AdoptedClusters adopted;

    WeaviateClusterReconciler(
            ClusterObserver observer,
            ClusterPlanning planning,
            PodCare pods,
            OptionalChildren others,
            VolumeCare volumes,
            ClusterReporter reporter) {
        this.observer = observer;
        this.planning = planning;
        this.pods = pods;
        this.others = others;
        this.volumes = volumes;
        this.reporter = reporter;
    }

    @Override
    public List<EventSource<?, WeaviateCluster>> prepareEventSources(EventSourceContext<WeaviateCluster> context) {
        var sources = new ArrayList<>(observer.eventSources(context));
        sources.add(planning.eventSource());
        return sources;
    }

    @Override
    public UpdateControl<WeaviateCluster> reconcile(WeaviateCluster cluster, Context<WeaviateCluster> context) {
        var status = reporter.status(cluster);
        var course = planning.course(cluster, observer.spec(cluster), context);
        boolean pausing =
                WritesPaused.of(cluster.getStatus()).filter(WritesPaused::is).isPresent();
        // Writes that are refused are nothing to leave behind: it rests when the pause is over.
        if (ClusterDefaults.suspended(course.effective().spec()) && !pausing) {
            var seen = OnlyReplicaAway.is(cluster.getStatus())
                    ? Optional.of(observer.observe(cluster, course.effective(), context))
                    : Optional.<ClusterObservation>empty();
            return reporter.report(cluster, status.suspended(seen), context);
        }
        if (AdoptedClusters.adopted(cluster)) {
            var fares = adopted.of(cluster, course.effective().spec());
            return reporter.report(cluster, fares, context).rescheduleAfter(adopted.next(fares));
        }
        var seen = observer.observe(cluster, course.effective(), context);
        return switch (planning.of(cluster, seen)) {
            case Outcome.Invalid invalid -> {
                boolean paused = pausing && planning.paused(cluster, seen);
                if (pausing && !paused) {
                    pods.hurry(false, seen.live());
                }
                var health = ClusterHealth.observed(cluster, seen);
                var told = status.invalid(invalid.findings(), seen, health, paused);
                yield again(reporter.report(cluster, told, context), reporter.next(health, paused));
            }
            case Outcome.Planned planned -> {
                var applied = volumes.of(cluster, apply(cluster, planned.plan(), seen, context), seen);
                var plan = planning.carryOut(cluster, course, applied, seen);
                var health = ClusterHealth.of(plan, seen);
                var told = status.scaled(course.status()).planned(plan, seen, health);
                planning.told(cluster, told);
                var control = reporter.report(cluster, told, context);
                if (course.decided()) {
                    yield control.rescheduleAfter(AT_ONCE);
                }
                yield again(control, reporter.next(plan, health));
            }
        };
    }

    private static UpdateControl<WeaviateCluster> again(UpdateControl<WeaviateCluster> control, Duration after) {
        long next = after.toMillis();
        return control.rescheduleAfter(Math.min(next, control.getScheduleDelay().orElse(next)));
    }

    /** Writes what differs; what the API server refuses for good becomes a finding, anything else is tried again. */
    private ClusterPlan apply(
            WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, Context<WeaviateCluster> context) {
        Children.hand(context, ClusterPlan.class, plan);
        pods.of(cluster, seen);
        var refused = new ArrayList<Finding>();
        others.storageClass(plan).ifPresent(refused::add);
        try {
            context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
            pods.hurry(plan.writesPaused(), seen.live());
        } catch (AggregatedOperatorException problems) {
            problems.getAggregatedExceptions().values().stream()
                    .map(RefusedChild::of)
                    .forEach(refused::add);
        }
        refused.addAll(others.apply(plan, seen.kinds(), context));
        return plan.with(refused);
    }

    /** What passes by itself is tried again with back-off; meanwhile the status says so. */
    @Override
    public ErrorStatusUpdateControl<WeaviateCluster> updateErrorStatus(
            WeaviateCluster cluster, Context<WeaviateCluster> context, Exception problem) {
        return reporter.failing(cluster, problem);
    }

    @Override
    public DeleteControl cleanup(WeaviateCluster cluster, Context<WeaviateCluster> context) {
        if (!AdoptedClusters.adopted(cluster)) {
            pods.dismiss(cluster);
        }
        if (!AdoptedClusters.adopted(cluster) && !volumes.released(cluster, observer.lastSpec(cluster))) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(PATIENCE);
        }
        observer.forget(cluster);
        planning.forget(cluster);
        reporter.forget(cluster);
        return DeleteControl.defaultDelete();
    }
}
