package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.PolicyManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Who reaches the pods. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterNetworkPolicies extends ChildrenDependent<NetworkPolicy, WeaviateCluster, ClusterPlan> {
    public ClusterNetworkPolicies() {
        super(NetworkPolicy.class, ClusterPlan.class);
    }

    @Override
    public Map<String, NetworkPolicy> wanted(ClusterPlan plan) {
        return PolicyManifests.networkPolicies(plan);
    }

    @Override
    protected void shed(NetworkPolicy child) {
        super.shed(child);
        child.setSpec(null);
    }
}
