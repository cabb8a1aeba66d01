package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.config.CatalogSource;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Settings;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;

/** The plan of the moment: what the spec asks for, as far as long work on the running cluster has come. */
@ApplicationScoped
public class ClusterPlanning {
    private final Settings settings;
    private final CatalogSource catalog;
    private final VolumeWatch volumes;
    private final ClusterUpgrade upgrade;
    private final ClusterScaling scaling;
    private final Autoscaling autoscaling;

    ClusterPlanning(
            Settings settings,
            CatalogSource catalog,
            VolumeWatch volumes,
            ClusterUpgrade upgrade,
            ClusterScaling scaling,
            Autoscaling autoscaling) {
        this.settings = settings;
        this.catalog = catalog;
        this.volumes = volumes;
        this.upgrade = upgrade;
        this.scaling = scaling;
        this.autoscaling = autoscaling;
    }

    EventSource<?, WeaviateCluster> eventSource() {
        return autoscaling.eventSource();
    }

    /** The spec with the number of nodes that the load asks for, where that is followed. */
    Autoscaling.Course course(
            WeaviateCluster cluster, SpecSource.Effective effective, Context<WeaviateCluster> context) {
        return autoscaling.of(cluster, effective, context);
    }

    /** What is left to do on the way, and to say of it. */
    ClusterPlan carryOut(
            WeaviateCluster cluster, Autoscaling.Course course, ClusterPlan plan, ClusterObservation seen) {
        return autoscaling.carryOut(cluster, course, plan, seen);
    }

    void told(WeaviateCluster cluster, WeaviateClusterStatus status) {
        autoscaling.told(cluster, status);
    }

    Outcome of(WeaviateCluster cluster, ClusterObservation seen) {
        return switch (ClusterPlanner.plan(cluster, seen, settings.with(catalog.current()))) {
            case Outcome.Invalid invalid -> invalid;
            case Outcome.Planned planned -> {
                var plan = volumes.of(cluster, planned.plan(), seen);
                var held = scaling.hold(cluster, advance(cluster, plan, seen), seen);
                yield new Outcome.Planned(volumes.compared(cluster, held, seen));
            }
        };
    }

    /** Whether a pause of writes goes on although there can be no plan; where it does not, it is ended. */
    boolean paused(WeaviateCluster cluster, ClusterObservation seen) {
        return scaling.hold(cluster, seen);
    }

    /** At most one long work at a time: each looks whether another one goes on before it begins. */
    private ClusterPlan advance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        var upgraded = upgrade.advance(cluster, plan, seen);
        return upgraded.alone() ? upgraded.plan() : upgraded.after(scaling.advance(cluster, upgraded.plan(), seen));
    }

    void forget(WeaviateCluster cluster) {
        volumes.forget(cluster);
        scaling.forget(cluster);
        autoscaling.forget(cluster);
    }
}
