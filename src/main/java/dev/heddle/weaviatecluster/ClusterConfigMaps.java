package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.RuntimeManifest;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Settings that change without a restart. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterConfigMaps extends ChildrenDependent<ConfigMap, WeaviateCluster, ClusterPlan> {
    public ClusterConfigMaps() {
        super(ConfigMap.class, ClusterPlan.class);
    }

    @Override
    public Map<String, ConfigMap> wanted(ClusterPlan plan) {
        return RuntimeManifest.of(plan);
    }
}
