package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Kept;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Shared;
import dev.heddle.core.manifest.StatefulSetManifest;
import dev.heddle.dependent.ChildrenDependent;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** The database. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR), useSSA = BooleanWithUndefined.TRUE)
public class ClusterStatefulSet extends ChildrenDependent<StatefulSet, WeaviateCluster, ClusterPlan> {
    private static final Shared SHARED = new Shared(256);

    public ClusterStatefulSet() {
        super(StatefulSet.class, ClusterPlan.class);
    }

    @Override
    public Map<String, StatefulSet> wanted(ClusterPlan plan) {
        return StatefulSetManifest.of(plan);
    }

    @Override
    protected void shed(StatefulSet child) {
        var spec = Kept.of(child).getSpec();
        spec.setTemplate(SHARED.of(spec.getTemplate()));
        spec.setVolumeClaimTemplates(SHARED.of(spec.getVolumeClaimTemplates()));
        child.setSpec(spec);
    }
}
