package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.ServiceManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Services for clients, peers and inference modules. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterServices extends ChildrenDependent<Service, WeaviateCluster, ClusterPlan> {
    public ClusterServices() {
        super(Service.class, ClusterPlan.class);
    }

    @Override
    public Map<String, Service> wanted(ClusterPlan plan) {
        return ServiceManifests.of(plan);
    }

    @Override
    protected void shed(Service child) {
        super.shed(child);
        child.setSpec(null);
        child.setStatus(null);
    }
}
