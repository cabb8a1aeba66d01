package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.bucket.BackupStore;
import dev.heddle.core.backup.BackupDefaults;
import dev.heddle.core.backup.BackupIds;
import dev.heddle.core.backup.BackupPace;
import dev.heddle.core.backup.BackupProgress;
import dev.heddle.core.backup.BackupSituation;
import dev.heddle.core.backup.BackupSituation.Policy;
import dev.heddle.core.backup.BackupStatusBuilder;
import dev.heddle.core.backup.BackupStep;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.backup.BackupTurn;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.backup.StoreReport;
import dev.heddle.core.common.Times;
import dev.heddle.weaviate.WeaviateBackups;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a backup once: waits for its turn, begins it, watches it, proves it in the bucket. The field manager is its own:
 * whoever makes a Backup by server-side apply would else lose its spec to the apply of the finalizer.
 */
@ControllerConfiguration(name = "backup", fieldManager = "heddle-backup", finalizerName = "cloud.weaviate.io/backup")
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
public class BackupReconciler implements Reconciler<Backup>, Cleaner<Backup> {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BackupSource source;
    private final WeaviateBackups weaviate;
    private final BackupStore store;
    private final BackupReporter reporter;
    private final Clock clock;

    BackupReconciler(
            BackupSource source, WeaviateBackups weaviate, BackupStore store, BackupReporter reporter, Clock clock) {
        this.source = source;
        this.weaviate = weaviate;
        this.store = store;
        this.reporter = reporter;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Backup>> prepareEventSources(EventSourceContext<Backup> context) {
        return source.eventSources(context);
    }

    @Override
    public UpdateControl<Backup> reconcile(Backup backup, Context<Backup> context) {
        var progress = BackupStatusBuilder.progress(backup);
        var around = source.observe(backup, progress);
        var turn = turn(backup, progress, around);
        boolean news = reporter.report(backup, turn, around.storage(), context);
        if (news && letsPass(turn)) {
            source.passOn(backup);
        }
        var control = UpdateControl.<Backup>noUpdate();
        return BackupPace.after(turn, clock.instant())
                .map(control::rescheduleAfter)
                .orElse(control);
    }

    private static boolean letsPass(BackupTurn turn) {
        return turn.progress().over() || turn.step() instanceof BackupStep.Wait wait && wait.mood() == Mood.STUCK;
    }

    @Override
    public DeleteControl cleanup(Backup backup, Context<Backup> context) {
        var progress = BackupStatusBuilder.progress(backup);
        var around = source.observe(backup, progress);
        var turn = turn(backup, progress, around);
        if (turn.step() instanceof BackupStep.Release release) {
            reporter.gone(backup, release.left(), around.storage());
            source.passOn(backup);
            source.forget(backup);
            return DeleteControl.defaultDelete();
        }
        reporter.report(backup, turn, around.storage(), context);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(PATIENCE);
    }

    private BackupTurn turn(Backup backup, BackupProgress progress, Surroundings around) {
        var spec = backup.getSpec();
        var seen = new BackupSituation(
                BackupIds.stem(
                        backup.getMetadata().getName(), backup.getMetadata().getUid()),
                progress,
                new Policy(
                        BackupDefaults.timeout(spec), BackupDefaults.suspended(spec), BackupDefaults.deletesData(spec)),
                Optional.ofNullable(backup.getMetadata().getDeletionTimestamp()).map(Times::parse),
                around.obstacle(),
                around.pods().nodes(),
                new RunReport.NotAsked(),
                new StoreReport.NotAsked(),
                Set.of(),
                clock.instant());
        return BackupTurn.take(seen, new LiveWorld(weaviate, store, spec, around));
    }

    /** What passes by itself is tried again with back-off; meanwhile the status says so. */
    @Override
    public ErrorStatusUpdateControl<Backup> updateErrorStatus(
            Backup backup, Context<Backup> context, Exception problem) {
        return reporter.failing(backup, problem);
    }
}
