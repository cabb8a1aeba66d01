package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.bucket.BackupStore;
import dev.heddle.core.common.Times;
import dev.heddle.core.restore.RestoreOrder;
import dev.heddle.core.restore.RestorePace;
import dev.heddle.core.restore.RestoreProgress;
import dev.heddle.core.restore.RestoreSituation;
import dev.heddle.core.restore.RestoreSituation.Answers;
import dev.heddle.core.restore.RestoreSituation.Policy;
import dev.heddle.core.restore.RestoreStatusBuilder;
import dev.heddle.core.restore.RestoreStep;
import dev.heddle.core.restore.RestoreTurn;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateRestores;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Restores a backup once: waits for cluster and turn, checks that it fits, begins it, watches it, compares. The field
 * manager is its own: whoever makes a Restore by server-side apply would else lose its spec to the apply of the finalizer.
 */
@ControllerConfiguration(name = "restore", fieldManager = "heddle-restore", finalizerName = "cloud.weaviate.io/restore")
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
public class RestoreReconciler implements Reconciler<Restore>, Cleaner<Restore> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RestoreSource source;
    private final WeaviateApi weaviate;
    private final WeaviateRestores restores;
    private final BackupStore store;
    private final RestoreReporter reporter;
    private final Clock clock;

    RestoreReconciler(
            RestoreSource source,
            WeaviateApi weaviate,
            WeaviateRestores restores,
            BackupStore store,
            RestoreReporter reporter,
            Clock clock) {
        this.source = source;
        this.weaviate = weaviate;
        this.restores = restores;
        this.store = store;
        this.reporter = reporter;
        this.clock = clock;
    }

    @Override
    public UpdateControl<Restore> reconcile(Restore restore, Context<Restore> context) {
        var progress = RestoreStatusBuilder.progress(restore);
        var scene = source.observe(restore, progress);
        var turn = turn(restore, progress, scene);
        reporter.report(restore, turn, scene.origin(), context);
        var control = UpdateControl.<Restore>noUpdate();
        return RestorePace.after(turn, clock.instant())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    @Override
    public DeleteControl cleanup(Restore restore, Context<Restore> context) {
        var progress = RestoreStatusBuilder.progress(restore);
        var scene = source.observe(restore, progress);
        var turn = turn(restore, progress, scene);
        if (turn.step() instanceof RestoreStep.Release release) {
            reporter.gone(restore, release.left());
            return DeleteControl.defaultDelete();
        }
        reporter.report(restore, turn, scene.origin(), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(PATIENCE);
    }

    private RestoreTurn turn(Restore restore, RestoreProgress progress, RestoreScene scene) {
        var spec = restore.getSpec();
        var seen = new RestoreSituation(
                progress,
                new Policy(RestoreOrder.timeout(spec), Boolean.TRUE.equals(spec.suspend()), scene.cancels()),
                Optional.ofNullable(restore.getMetadata().getDeletionTimestamp())
                        .map(Times::parse),
                scene.around().obstacle(),
                scene.around().pods().nodes(),
                Answers.none(),
                clock.instant());
        return RestoreTurn.take(seen, new LiveRestore(weaviate, restores, store, RestoreOrder.of(spec), scene));
    }

    /** What passes by itself is tried again with back-off; meanwhile the status says so. */
    @Override
    public ErrorStatusUpdateControl<Restore> updateErrorStatus(
            Restore restore, Context<Restore> context, Exception problem) {
        return reporter.failing(restore, problem);
    }
}
