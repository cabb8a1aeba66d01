package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.core.shortform.ImageVerdict;
import dev.heddle.core.shortform.ShortFormNews;
import dev.heddle.core.shortform.ShortFormStatus;
import dev.heddle.core.shortform.ShortFormView;
import dev.heddle.core.shortform.Tags;
import dev.heddle.core.version.MaintenanceWindow;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells people how it went: status and events. Writes nothing when nothing changed. */
@ApplicationScoped
public class ShortFormReporter {
    /** Registries tell nobody of new tags and signatures. */
    private static final Duration LOOK_FOR_TAGS = Duration.ofMinutes(10);

    private static final Duration LOOK_FOR_SIGNATURE = Duration.ofMinutes(2);
    private static final Duration LOOK_FOR_REGISTRY = Duration.ofSeconds(20);
    private final EventRecorder events;
    private final Clock clock;

    ShortFormReporter(EventRecorder events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    UpdateControl<Cluster> report(
            Cluster cluster,
            ShortFormView seen,
            List<VerifiedImage> images,
            Optional<MaintenanceWindow.State> window,
            Context<Cluster> context) {
        var status = new ShortFormStatus(cluster, clock.instant()).of(seen, images);
        if (!status.equals(cluster.getStatus())) {
            PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(cluster, fresh(cluster, status), context);
            ShortFormNews.between(cluster.getStatus(), status).forEach(news -> events.record(cluster, news));
        }
        var control = UpdateControl.<Cluster>noUpdate();
        return next(seen, window).map(control::rescheduleAfter).orElse(control);
    }

    /** When to look again, where nobody tells of news. */
    private Optional<Duration> next(ShortFormView seen, Optional<MaintenanceWindow.State> window) {
        var now = clock.instant();
        var opening = window.flatMap(MaintenanceWindow.State::opens)
                .map(opens -> Duration.between(now, opens).plusSeconds(1));
        Optional<Duration> tags = seen.tags() instanceof Tags.NotAsked ? Optional.empty() : Optional.of(LOOK_FOR_TAGS);
        Optional<Duration> image =
                switch (seen.image()) {
                    case ImageVerdict.Refused refused -> Optional.of(LOOK_FOR_SIGNATURE.plusSeconds(1));
                    case ImageVerdict.Unknown unknown -> Optional.of(LOOK_FOR_REGISTRY.plusSeconds(1));
                    case ImageVerdict.Verified verified -> Optional.empty();
                    case ImageVerdict.NotAsked nobody -> Optional.empty();
                };
        return Stream.of(opening, tags, image).flatMap(Optional::stream).min(Duration::compareTo);
    }

    /** Says that the last attempt failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<Cluster> failing(Cluster cluster, Exception problem) {
        var status = new ShortFormStatus(cluster, clock.instant()).failing(Problem.words(problem));
        return status.equals(cluster.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(cluster, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static Cluster fresh(Cluster cluster, ClusterStatus status) {
        var fresh = new Cluster();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
