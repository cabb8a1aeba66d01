package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.shortform.ImageChoice;
import dev.heddle.core.shortform.ShortForm;
import dev.heddle.core.shortform.ShortFormView;
import dev.heddle.core.shortform.ShortFormView.Obstacle;
import dev.heddle.core.version.Resolution;
import dev.heddle.dependent.Children;
import dev.heddle.dependent.RefusedChild;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.Optional;

/**
 * Makes the WeaviateCluster that a Cluster stands for: version, image, what to take over; then tells how it fares.
 * Annotations count too: one of them gives an adopted cluster back. The field manager is not the WeaviateCluster
 * controller's, whose apply of a finalizer would else take the spec away.
 */
@ControllerConfiguration(name = "cluster", fieldManager = "heddle-cluster", generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
@Workflow(explicitInvocation = true, dependents = @Dependent(type = ClusterChild.class))
public class ClusterReconciler implements Reconciler<Cluster> {
    private final ClusterSource source;
    private final ImageSource images;
    private final AdoptionSource adoptions;
    private final Release release;
    private final ShortFormReporter reporter;

    ClusterReconciler(
            ClusterSource source,
            ImageSource images,
            AdoptionSource adoptions,
            Release release,
            ShortFormReporter reporter) {
        this.source = source;
        this.images = images;
        this.adoptions = adoptions;
        this.release = release;
        this.reporter = reporter;
    }

    @Override
    public List<EventSource<?, Cluster>> prepareEventSources(EventSourceContext<Cluster> context) {
        return source.eventSources(context);
    }

    @Override
    public UpdateControl<Cluster> reconcile(Cluster cluster, Context<Cluster> context) {
        if (cluster.isMarkedForDeletion()) {
            source.forget(cluster);
            return UpdateControl.noUpdate();
        }
        var child = context.getSecondaryResource(WeaviateCluster.class);
        if (Release.asked(cluster) && child.filter(Release::possible).isPresent()) {
            release.advance(cluster, child.get());
            return UpdateControl.noUpdate();
        }
        var seen = source.observe(cluster);
        var adoption = adoptions.of(cluster, child, seen.catalog());
        var asked = seen.question(cluster, child, adoption);
        var version =
                Boolean.TRUE.equals(cluster.getSpec().suspend()) ? Resolution.suspended(asked) : Resolution.of(asked);
        var choice = ImageChoice.of(
                cluster,
                child,
                version.version(),
                asked.known(),
                candidate -> images.verify(cluster, candidate, seen.references()));
        var obstacle = seen.obstacle().or(() -> Release.refused(cluster)).or(() -> source.taken(cluster, child));
        boolean possible = obstacle.isEmpty()
                && !(adoption instanceof Adoption.Refused)
                && choice.version().isPresent();
        if (possible) {
            obstacle = apply(ShortForm.of(cluster, choice.version().get(), choice.pinned(), adoption.taken()), context);
        }
        var now = context.getSecondaryResource(WeaviateCluster.class).or(() -> child);
        var view = new ShortFormView(
                now, version, seen.tags(), choice.verdict(), adoption, possible && obstacle.isEmpty(), obstacle);
        return reporter.report(cluster, view, choice.images(), seen.window(), context);
    }

    /** @return why the API server refuses the child for good; anything else is thrown, and tried again */
    private static Optional<Obstacle> apply(WeaviateCluster child, Context<Cluster> context) {
        Children.hand(context, WeaviateCluster.class, child);
        try {
            context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
            return Optional.empty();
        } catch (AggregatedOperatorException problems) {
            var refused = problems.getAggregatedExceptions().values().stream()
                    .map(RefusedChild::of)
                    .findFirst()
                    .orElseThrow(() -> problems);
            return Optional.of(new Obstacle(refused.reason(), refused.message()));
        }
    }

    @Override
    public ErrorStatusUpdateControl<Cluster> updateErrorStatus(
            Cluster cluster, Context<Cluster> context, Exception problem) {
        return reporter.failing(cluster, problem);
    }
}
