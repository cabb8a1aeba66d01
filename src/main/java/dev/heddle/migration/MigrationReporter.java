package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.migrationjob.MigrationNews;
import dev.heddle.core.migrationjob.MigrationSides;
import dev.heddle.core.migrationjob.MigrationSituation;
import dev.heddle.core.migrationjob.MigrationStatusBuilder;
import dev.heddle.core.migrationjob.MigrationStep;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells people how a migration goes: status, events, metrics. Writes nothing when nothing changed. */
@ApplicationScoped
public class MigrationReporter {
    private final EventRecorder events;
    private final MigrationMetrics metrics;
    private final MigrationSource source;
    private final Clock clock;

    MigrationReporter(EventRecorder events, MigrationMetrics metrics, MigrationSource source, Clock clock) {
        this.events = events;
        this.metrics = metrics;
        this.source = source;
        this.clock = clock;
    }

    /** @return the resource as it is now */
    Migration report(
            Migration migration,
            MigrationSides sides,
            MigrationStep step,
            MigrationSituation seen,
            Context<Migration> context) {
        var status = MigrationStatusBuilder.of(migration, sides, step, seen);
        var now = migration;
        if (!status.equals(migration.getStatus())) {
            now = PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(
                    migration, fresh(migration, status), context);
            MigrationNews.between(migration.getStatus(), status, step)
                    .ifPresent(news -> events.record(migration, news));
        }
        metrics.saw(migration, status, source::isThere);
        return now;
    }

    /** Says that the last attempt to look failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<Migration> failing(Migration migration, Exception problem) {
        var status = MigrationStatusBuilder.failing(migration, Problem.words(problem), clock.instant());
        return status.equals(migration.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(migration, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static Migration fresh(Migration migration, MigrationStatus status) {
        var fresh = new Migration();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(migration.getMetadata().getNamespace())
                .withName(migration.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
