package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.AccessManifests;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;
import java.util.Map;

/** Which people. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterRoleBindings extends ChildrenDependent<RoleBinding, WeaviateCluster, ClusterPlan> {
    public ClusterRoleBindings() {
        super(RoleBinding.class, ClusterPlan.class);
    }

    @Override
    public Map<String, RoleBinding> wanted(ClusterPlan plan) {
        return AccessManifests.roleBindings(plan);
    }

    @Override
    protected void shed(RoleBinding child) {
        super.shed(child);
        child.setSubjects(List.of());
        child.setRoleRef(null);
    }
}
