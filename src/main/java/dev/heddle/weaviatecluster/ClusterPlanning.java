package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
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
    private final ClusterScaling scaling;
    private final Autoscaling autoscaling;

    ClusterPlanning(Settings settings, ClusterScaling scaling, Autoscaling autoscaling) {
        this.settings = settings;
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

    Outcome of(WeaviateCluster cluster, ClusterObservation seen) {
        return switch (ClusterPlanner.plan(cluster, seen, settings)) {
            case Outcome.Invalid invalid -> invalid;
            case Outcome.Planned planned -> new Outcome.Planned(scaling.advance(cluster, planned.plan(), seen));
        };
    }

    void forget(WeaviateCluster cluster) {
        scaling.forget(cluster);
        autoscaling.forget(cluster);
    }
}
