package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.core.backup.BackupNews;
import dev.heddle.core.backup.BackupStatusBuilder;
import dev.heddle.core.backup.BackupTurn;
import dev.heddle.core.backup.BucketName;
import dev.heddle.core.status.Announcement;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tells people how it went: status and events. Writes nothing when nothing changed. */
@ApplicationScoped
public class BackupReporter {
    private final EventRecorder events;
    private final Clock clock;

    BackupReporter(EventRecorder events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** @return whether there was anything new */
    boolean report(Backup backup, BackupTurn turn, Optional<BackupBucketSpec> storage, Context<Backup> context) {
        var status = BackupStatusBuilder.of(backup, turn, storage, clock.instant());
        if (status.equals(backup.getStatus())) {
            return false;
        }
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(backup, fresh(backup, status), context);
        BackupNews.of(backup, turn.step(), status).ifPresent(news -> events.record(backup, news));
        return true;
    }

    /** The resource goes. @param left ids that are still in the bucket although they are unwanted */
    void gone(Backup backup, List<String> left, Optional<BackupBucketSpec> storage) {
        if (!left.isEmpty()) {
            var where =
                    storage.map(one -> BucketName.of(one.bucket()).toString()).orElse("the bucket");
            events.record(
                    backup,
                    new Announcement(
                            true,
                            "LeftInBucket",
                            "Could not be removed in time from %s; remove it by hand: %s"
                                    .formatted(where, String.join(", ", left))));
        }
    }

    /** Says that the last attempt to look failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<Backup> failing(Backup backup, Exception problem) {
        var status = BackupStatusBuilder.failing(backup, Problem.words(problem), clock.instant());
        return status.equals(backup.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(backup, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static Backup fresh(Backup backup, OnDemandBackupStatus status) {
        var fresh = new Backup();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(backup.getMetadata().getNamespace())
                .withName(backup.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
