package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Operation;
import java.util.Optional;

/**
 * A plan as far as pods and version are concerned.
 *
 * @param alone nothing else may be done to the cluster
 * @param pending what is due and waits for others; told where those have nothing to tell
 */
record Upgraded(ClusterPlan plan, boolean alone, Optional<Operation> pending) {
    static Upgraded to(ClusterPlan plan) {
        return new Upgraded(plan, false, Optional.empty());
    }

    /** What others made of the plan. */
    ClusterPlan after(ClusterPlan others) {
        return pending.isPresent() && others.operation().isEmpty()
                ? others.scaling(others.replicas(), pending)
                : others;
    }
}
