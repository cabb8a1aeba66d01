package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.PolicyManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** One eviction at a time. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterDisruptionBudgets extends ChildrenDependent<PodDisruptionBudget, WeaviateCluster, ClusterPlan> {
    public ClusterDisruptionBudgets() {
        super(PodDisruptionBudget.class, ClusterPlan.class);
    }

    @Override
    public Map<String, PodDisruptionBudget> wanted(ClusterPlan plan) {
        return PolicyManifests.budgets(plan);
    }

    @Override
    protected void shed(PodDisruptionBudget child) {
        super.shed(child);
        child.setSpec(null);
        child.setStatus(null);
    }
}
