package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.ClusterStatusBuilder;
import dev.heddle.core.status.OnlyReplicaAway;
import dev.heddle.core.status.Progress;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.dependent.Problem;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells people how it went: status, events, metrics. Writes nothing when nothing changed. */
@ApplicationScoped
public class ClusterReporter {
    /** Pods become ready within moments of each other; counting each of them is a write each. */
    private static final Duration PACE = Duration.ofSeconds(5);

    /** What is wrong with pods of a new cluster is mostly that their volumes are still being made. */
    private static final Duration NEW_PACE = Duration.ofSeconds(10);

    /** For the pods of a new cluster while nothing is wrong with them: the next news is mostly that it serves. */
    private static final Duration SLOW_PACE = Duration.ofSeconds(60);

    /** Pods announce their changes; this is for what nobody announces, such as a warning event. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A disk fills within minutes, and kubelet measures it once in a minute. */
    private static final Duration DISKS = Duration.ofSeconds(30);

    /** Work whose next step is Weaviate's or a clock's, which nobody announces. */
    private static final Set<ClusterPhase> MOVING =
            EnumSet.of(ClusterPhase.SCALING, ClusterPhase.UPGRADING, ClusterPhase.ROLLINGBACK);

    /** Since when there is progress that was not told. */
    private final Map<ResourceID, Instant> untold = new ConcurrentHashMap<>();

    private final OperatorConfig config;
    private final EventRecorder events;
    private final ClusterMetrics metrics;
    private final Clock clock;

    ClusterReporter(OperatorConfig config, EventRecorder events, ClusterMetrics metrics, Clock clock) {
        this.config = config;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    ClusterStatusBuilder status(WeaviateCluster cluster) {
        return new ClusterStatusBuilder(cluster, clock.instant());
    }

    /** What was announced is looked after until it is over, whatever the outcome was. */
    UpdateControl<WeaviateCluster> report(
            WeaviateCluster cluster, WeaviateClusterStatus status, Context<WeaviateCluster> context) {
        var control = write(cluster, status, context);
        return OnlyReplicaAway.is(status) ? control.rescheduleAfter(config.progressInterval()) : control;
    }

    /** Written at once and put into the cache, so that the next reconcile compares with it and tells nothing twice. */
    private UpdateControl<WeaviateCluster> write(
            WeaviateCluster cluster, WeaviateClusterStatus status, Context<WeaviateCluster> context) {
        metrics.saw(ResourceID.fromResource(cluster), status.phase());
        if (status.equals(cluster.getStatus())) {
            return UpdateControl.noUpdate();
        }
        var id = ResourceID.fromResource(cluster);
        var now = clock.instant();
        if (Progress.only(cluster.getStatus(), status)) {
            var pace = pace(cluster.getStatus(), status);
            if (untold.computeIfAbsent(id, first -> now).plus(pace).isAfter(now)) {
                return UpdateControl.<WeaviateCluster>noUpdate().rescheduleAfter(pace);
            }
        }
        untold.remove(id);
        var fresh = fresh(cluster, status);
        PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(cluster, fresh, context);
        Announcement.between(cluster.getStatus(), status).forEach(news -> events.record(cluster, news));
        return UpdateControl.noUpdate();
    }

    private static Duration pace(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        if (after.phase() != ClusterPhase.CREATING) {
            return PACE;
        }
        return Progress.sameReasons(before, after) ? SLOW_PACE : NEW_PACE;
    }

    /** When to look again. */
    Duration next(ClusterPlan plan, ClusterHealth health) {
        boolean moving = plan.operation()
                .filter(operation -> MOVING.contains(operation.phase()))
                .isPresent();
        if (health.waiting()
                || moving
                || plan.writesPaused()
                || !plan.storage().recovering().isEmpty()) {
            return config.progressInterval();
        }
        boolean busy = plan.operation().isPresent() || plan.has(Topic.DISK) || plan.has(Topic.DATA_LOSS);
        return health.serving() && !busy ? calm(plan) : PATIENCE;
    }

    /** When to look again at what runs, while its spec cannot be carried out. */
    Duration next(Optional<ClusterHealth> health, boolean paused) {
        if (paused || health.filter(ClusterHealth::waiting).isPresent()) {
            return config.progressInterval();
        }
        return health.map(ClusterHealth::serving).orElse(true) ? config.healthInterval() : PATIENCE;
    }

    private Duration calm(ClusterPlan plan) {
        var usual = config.healthInterval();
        boolean disks = ClusterDefaults.autoResize(plan.spec()).isPresent();
        return disks && DISKS.compareTo(usual) < 0 ? DISKS : usual;
    }

    /** Says that the last attempt failed; everything else stays as it was known. */
    ErrorStatusUpdateControl<WeaviateCluster> failing(WeaviateCluster cluster, Exception problem) {
        var status = status(cluster).failing(Problem.words(problem));
        return status.equals(cluster.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(fresh(cluster, status));
    }

    /** With nothing but the status: server-side apply would claim every field that stands in it. */
    private static WeaviateCluster fresh(WeaviateCluster cluster, WeaviateClusterStatus status) {
        var fresh = new WeaviateCluster();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }

    void forget(WeaviateCluster cluster) {
        metrics.forget(ResourceID.fromResource(cluster));
        untold.remove(ResourceID.fromResource(cluster));
    }
}
