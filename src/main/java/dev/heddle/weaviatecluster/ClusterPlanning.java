package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** The plan of the moment: what the spec asks for, as far as long work on the running cluster has come. */
@ApplicationScoped
public class ClusterPlanning {
    private final Settings settings;
    private final LostClaims lost;
    private final ReplacedVolumes replaced;
    private final ClusterScaling scaling;

    ClusterPlanning(Settings settings, LostClaims lost, ReplacedVolumes replaced, ClusterScaling scaling) {
        this.settings = settings;
        this.lost = lost;
        this.replaced = replaced;
        this.scaling = scaling;
    }

    Outcome of(WeaviateCluster cluster, ClusterObservation seen) {
        return switch (ClusterPlanner.plan(cluster, seen, settings)) {
            case Outcome.Invalid invalid -> invalid;
            case Outcome.Planned planned -> {
                var plan = replaced.of(cluster, lost.of(cluster, planned.plan(), seen), seen);
                yield new Outcome.Planned(scaling.advance(cluster, plan, seen));
            }
        };
    }

    void forget(WeaviateCluster cluster) {
        scaling.forget(cluster);
    }
}
