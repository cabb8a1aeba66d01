package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.config.CatalogSource;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Settings;
import jakarta.enterprise.context.ApplicationScoped;

/** The plan of the moment: what the spec asks for, as far as long work on the running cluster has come. */
@ApplicationScoped
public class ClusterPlanning {
    private final Settings settings;
    private final CatalogSource catalog;
    private final ClusterUpgrade upgrade;
    private final ClusterScaling scaling;

    ClusterPlanning(Settings settings, CatalogSource catalog, ClusterUpgrade upgrade, ClusterScaling scaling) {
        this.settings = settings;
        this.catalog = catalog;
        this.upgrade = upgrade;
        this.scaling = scaling;
    }

    Outcome of(WeaviateCluster cluster, ClusterObservation seen) {
        return switch (ClusterPlanner.plan(cluster, seen, settings.with(catalog.current()))) {
            case Outcome.Invalid invalid -> invalid;
            case Outcome.Planned planned -> new Outcome.Planned(advance(cluster, planned.plan(), seen));
        };
    }

    /** At most one long work at a time: each looks whether another one goes on before it begins. */
    private ClusterPlan advance(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        var upgraded = upgrade.advance(cluster, plan, seen);
        return upgraded.alone() ? upgraded.plan() : upgraded.after(scaling.advance(cluster, upgraded.plan(), seen));
    }

    void forget(WeaviateCluster cluster) {
        scaling.forget(cluster);
    }
}
