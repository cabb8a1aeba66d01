package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.core.common.Finding;
import dev.heddle.core.migrationjob.MigrationPace;
import dev.heddle.core.migrationjob.MigrationPlanner;
import dev.heddle.core.migrationjob.MigrationSituation;
import dev.heddle.core.migrationjob.MigrationStatusBuilder;
import dev.heddle.core.migrationjob.MigrationStep;
import dev.heddle.dependent.RefusedChild;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/**
 * Runs a migration as a Job and tells how it goes. The Job writes what it has done every second; the status follows by
 * the limit of reconciles, which keeps its writes few.
 */
@ControllerConfiguration(name = "migration", fieldManager = MigrationReconciler.MANAGER)
@RateLimited(within = 6, maxReconciliations = 3)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
public class MigrationReconciler implements Reconciler<Migration> {
    static final String MANAGER = "heddle-migration";

    private final MigrationSource source;
    private final MigrationChildren children;
    private final MigrationReporter reporter;

    MigrationReconciler(MigrationSource source, MigrationChildren children, MigrationReporter reporter) {
        this.source = source;
        this.children = children;
        this.reporter = reporter;
    }

    @Override
    public List<EventSource<?, Migration>> prepareEventSources(EventSourceContext<Migration> context) {
        return source.eventSources(context);
    }

    /** Without a finalizer: the Job and all else goes with its owner, and nothing else was changed. */
    @Override
    public UpdateControl<Migration> reconcile(Migration migration, Context<Migration> context) {
        if (migration.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        var around = source.observe(migration);
        var seen = around.seen();
        var step = MigrationPlanner.next(seen);
        var current = migration;
        if (step instanceof MigrationStep.Begin) {
            current = reporter.report(current, around.sides(), step, seen, context);
            seen = seen.with(MigrationStatusBuilder.record(step, seen));
            step = MigrationPlanner.next(seen);
        }
        var done = act(step, around, seen);
        reporter.report(current, around.sides(), done, seen, context);
        var control = UpdateControl.<Migration>noUpdate();
        return MigrationPace.after(done, seen.now())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    private MigrationStep act(MigrationStep step, Around around, MigrationSituation seen) {
        if (step instanceof MigrationStep.Stop) {
            around.job().ifPresent(children::stop);
        }
        if (!(step instanceof MigrationStep.Launch)) {
            return step;
        }
        try {
            return children.launch(around.wanted(seen.record()))
                    .<MigrationStep>map(taken -> new MigrationStep.Go(MigrationPhase.RUNNING, "NameTaken", taken, true))
                    .orElse(step);
        } catch (KubernetesClientException problem) {
            Finding refused = RefusedChild.of(problem);
            return new MigrationStep.Go(MigrationPhase.RUNNING, refused.reason(), refused.message(), true);
        }
    }

    /** What passes by itself is tried again with back-off; meanwhile the status says so. */
    @Override
    public ErrorStatusUpdateControl<Migration> updateErrorStatus(
            Migration migration, Context<Migration> context, Exception problem) {
        return reporter.failing(migration, problem);
    }
}
