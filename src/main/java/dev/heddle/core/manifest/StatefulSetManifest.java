package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.Map;

/** The database itself. */
public final class StatefulSetManifest {
    static final String DATA_PATH = "/var/lib/weaviate";
    static final String VOLUME = "data";

    private StatefulSetManifest() {}

    public static Map<String, StatefulSet> of(ClusterPlan plan) {
        var labels = Labels.of(plan.names(), Labels.DATABASE);
        var metadata = Children.metadata(plan, plan.names().statefulSet(), labels)
                .addToAnnotations(Labels.VOTERS, String.valueOf(plan.voters()));
        return Children.byName(new StatefulSetBuilder()
                .withMetadata(metadata.build())
                .withNewSpec()
                .withReplicas(plan.replicas())
                .withServiceName(plan.names().headlessService())
                // Voters are not ready before they see each other, so they have to start together.
                .withPodManagementPolicy("Parallel")
                // The operator replaces pods itself: the leader last, and only while Weaviate can do without one.
                .withNewUpdateStrategy()
                .withType("OnDelete")
                .endUpdateStrategy()
                .withNewSelector()
                .withMatchLabels(Labels.selector(plan.names(), Labels.DATABASE))
                .endSelector()
                .withTemplate(PodManifest.of(plan))
                .withVolumeClaimTemplates(claim(plan, labels))
                // Deleting the StatefulSet must never delete data; reclaimPolicy Delete is carried out with the
                // resource.
                .withNewPersistentVolumeClaimRetentionPolicy("Retain", "Retain")
                .endSpec()
                .build());
    }

    private static PersistentVolumeClaim claim(ClusterPlan plan, Map<String, String> labels) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(VOLUME)
                .withLabels(labels)
                .addToAnnotations(Labels.VOTERS, String.valueOf(plan.voters()))
                .endMetadata()
                .withNewSpec()
                .withAccessModes(plan.storage().accessModes())
                .withStorageClassName(plan.storage().storageClass().orElse(null))
                .withNewResources()
                .addToRequests("storage", new Quantity(plan.storage().size()))
                .endResources()
                .endSpec()
                .build();
    }
}
