package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.AccessManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;
import java.util.Map;

/** What people may do. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterRoles extends ChildrenDependent<Role, WeaviateCluster, ClusterPlan> {
    public ClusterRoles() {
        super(Role.class, ClusterPlan.class);
    }

    @Override
    public Map<String, Role> wanted(ClusterPlan plan) {
        return AccessManifests.roles(plan);
    }

    @Override
    protected void shed(Role child) {
        super.shed(child);
        child.setRules(List.of());
    }
}
