package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Kept;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.DeploymentManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Inference containers. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterDeployments extends ChildrenDependent<Deployment, WeaviateCluster, ClusterPlan> {
    public ClusterDeployments() {
        super(Deployment.class, ClusterPlan.class);
    }

    @Override
    public Map<String, Deployment> wanted(ClusterPlan plan) {
        return DeploymentManifests.of(plan);
    }

    @Override
    protected void shed(Deployment child) {
        child.setSpec(Kept.of(child).getSpec());
    }
}
