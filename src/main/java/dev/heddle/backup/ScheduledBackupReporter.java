package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackupStatus;
import dev.heddle.core.backup.ScheduleNews;
import dev.heddle.core.backup.ScheduleTurn;
import dev.heddle.core.backup.ScheduledBackupStatusBuilder;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells people how a schedule goes: status, events, metrics. Writes nothing when nothing changed. */
@ApplicationScoped
public class ScheduledBackupReporter {
    private final EventRecorder events;
    private final ScheduleMetrics metrics;
    private final ScheduledBackupSource source;
    private final Clock clock;

    ScheduledBackupReporter(EventRecorder events, ScheduleMetrics metrics, ScheduledBackupSource source, Clock clock) {
        this.events = events;
        this.metrics = metrics;
        this.source = source;
        this.clock = clock;
    }

    void report(ScheduledBackup schedule, ScheduleTurn turn, Context<ScheduledBackup> context) {
        var status = turn.status();
        if (!status.equals(schedule.getStatus())) {
            PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(schedule, fresh(schedule, status), context);
            ScheduleNews.between(schedule.getStatus(), status).forEach(news -> events.record(schedule, news));
        }
        turn.news().forEach(news -> events.record(schedule, news));
        metrics.saw(turn.backups(), source::isThere);
    }

    /** Says that the last attempt to look failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<ScheduledBackup> failing(ScheduledBackup schedule, Exception problem) {
        var status = ScheduledBackupStatusBuilder.failing(schedule, Problem.words(problem), clock.instant());
        return status.equals(schedule.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(schedule, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static ScheduledBackup fresh(ScheduledBackup schedule, ScheduledBackupStatus status) {
        var fresh = new ScheduledBackup();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(schedule.getMetadata().getNamespace())
                .withName(schedule.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
