package dev.heddle.core.status;

import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.upgrade.Revisions;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Objects;

/**
 * Whether nothing moves, so that a StatefulSet can be replaced under its running pods: the new one has to find exactly
 * the pods that it would make itself.
 */
public final class Settled {
    private Settled() {}

    public static boolean holds(ClusterPlan plan, ClusterObservation seen) {
        var pods = seen.live().pods();
        return seen.live()
                        .statefulSet()
                        .filter(set -> atRest(set, plan.replicas()))
                        .isPresent()
                && pods.size() == plan.replicas()
                && pods.stream().allMatch(PodTrouble::ready)
                && Revisions.outdated(seen.live().statefulSet(), pods).isEmpty()
                && seen.weaviate() instanceof WeaviateReport.Answered
                // Which modules Weaviate was started with is read off the StatefulSet while their containers are away.
                && ModuleHealth.of(plan, seen).isEmpty()
                && !plan.has(Topic.MODULE);
    }

    private static boolean atRest(StatefulSet set, int replicas) {
        var status = set.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), set.getMetadata().getGeneration())
                && set.getSpec().getReplicas() == replicas
                && Objects.equals(status.getReplicas(), replicas);
    }
}
