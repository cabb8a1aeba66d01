package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.AuthSecretManifest;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The generated keys. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterAuthSecret extends ChildrenDependent<Secret, WeaviateCluster, ClusterPlan> {
    public ClusterAuthSecret() {
        super(Secret.class, ClusterPlan.class);
    }

    @Override
    public Map<String, Secret> wanted(ClusterPlan plan) {
        return AuthSecretManifest.of(plan);
    }
}
