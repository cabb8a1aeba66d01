package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import dev.heddle.core.restore.RestoreNews;
import dev.heddle.core.restore.RestoreOrigin;
import dev.heddle.core.restore.RestoreStatusBuilder;
import dev.heddle.core.restore.RestoreTurn;
import dev.heddle.core.status.Announcement;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Tells people how it went: status, events and metrics. Writes nothing when nothing changed. */
@ApplicationScoped
public class RestoreReporter {
    private final EventRecorder events;
    private final RestoreMetrics metrics;
    private final Clock clock;

    RestoreReporter(EventRecorder events, RestoreMetrics metrics, Clock clock) {
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    void report(Restore restore, RestoreTurn turn, Optional<RestoreOrigin.Known> origin, Context<Restore> context) {
        var status = RestoreStatusBuilder.of(restore, turn, origin, clock.instant());
        if (!status.equals(restore.getStatus())) {
            PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(restore, fresh(restore, status), context);
            RestoreNews.of(restore, turn.step(), status).ifPresent(news -> events.record(restore, news));
        }
        metrics.saw(restore, turn);
    }

    /** The resource goes. @param left what goes on, or is left, without it */
    void gone(Restore restore, Optional<String> left) {
        left.ifPresent(words -> events.record(restore, new Announcement(true, "RestoreGoesOn", words)));
    }

    /** Says that the last attempt to look failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<Restore> failing(Restore restore, Exception problem) {
        var status = RestoreStatusBuilder.failing(restore, Problem.words(problem), clock.instant());
        return status.equals(restore.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(restore, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static Restore fresh(Restore restore, RestoreStatus status) {
        var fresh = new Restore();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(restore.getMetadata().getNamespace())
                .withName(restore.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
