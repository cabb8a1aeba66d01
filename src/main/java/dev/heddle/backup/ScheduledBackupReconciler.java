package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.bucket.BackupStore;
import dev.heddle.core.backup.ScheduleTurn;
import dev.heddle.dependent.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/**
 * Makes a Backup when one is due, and deletes those that are kept no longer. Everything is read off what is there, also
 * off annotations, whose changes make no generation.
 */
@ControllerConfiguration(
        name = "scheduledbackup",
        fieldManager = "heddle-scheduledbackup",
        generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 60000)
public class ScheduledBackupReconciler implements Reconciler<ScheduledBackup> {
    private final KubernetesClient client;
    private final BackupStore store;
    private final EventRecorder events;
    private final ScheduledBackupSource source;
    private final ScheduledBackupReporter reporter;

    ScheduledBackupReconciler(
            KubernetesClient client,
            BackupStore store,
            EventRecorder events,
            ScheduledBackupSource source,
            ScheduledBackupReporter reporter) {
        this.client = client;
        this.store = store;
        this.events = events;
        this.source = source;
        this.reporter = reporter;
    }

    @Override
    public List<EventSource<?, ScheduledBackup>> prepareEventSources(EventSourceContext<ScheduledBackup> context) {
        return source.eventSources(context);
    }

    @Override
    public UpdateControl<ScheduledBackup> reconcile(ScheduledBackup schedule, Context<ScheduledBackup> context) {
        if (schedule.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        var world = new ScheduleWorld(client, store, schedule, news -> events.record(schedule, news));
        var turn = ScheduleTurn.take(source.observe(schedule), world);
        reporter.report(schedule, turn, context);
        return UpdateControl.<ScheduledBackup>noUpdate().rescheduleAfter(turn.again());
    }

    /** What passes by itself is tried again with back-off; meanwhile the status says so. */
    @Override
    public ErrorStatusUpdateControl<ScheduledBackup> updateErrorStatus(
            ScheduledBackup schedule, Context<ScheduledBackup> context, Exception problem) {
        return reporter.failing(schedule, problem);
    }
}
