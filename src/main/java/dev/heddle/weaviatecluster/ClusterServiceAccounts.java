package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.AccessManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Identity of the pods. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterServiceAccounts extends ChildrenDependent<ServiceAccount, WeaviateCluster, ClusterPlan> {
    public ClusterServiceAccounts() {
        super(ServiceAccount.class, ClusterPlan.class);
    }

    @Override
    public Map<String, ServiceAccount> wanted(ClusterPlan plan) {
        return AccessManifests.serviceAccounts(plan);
    }
}
