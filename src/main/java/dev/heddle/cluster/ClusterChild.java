package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.dependent.ChildrenDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The WeaviateCluster that the short form stands for. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterChild extends ChildrenDependent<WeaviateCluster, Cluster, WeaviateCluster> {
    public ClusterChild() {
        super(WeaviateCluster.class, WeaviateCluster.class);
    }

    @Override
    public Map<String, WeaviateCluster> wanted(WeaviateCluster child) {
        return Map.of(child.getMetadata().getName(), child);
    }
}
