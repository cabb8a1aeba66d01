package dev.heddle.core.adoption;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is written of a StatefulSet that somebody else made: an owner, a label, a note, the number of nodes and the
 * image. Server-side apply leaves every other field as it is, so the pod template changes with the image alone.
 */
public final class AdoptedStatefulSet {
    private AdoptedStatefulSet() {}

    public static StatefulSet of(WeaviateCluster cluster, AdoptedPlan plan) {
        var live = plan.live();
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace(live.getMetadata().getNamespace())
                .withName(live.getMetadata().getName())
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addToAnnotations(Labels.ADOPTED, former(live))
                .addNewOwnerReference()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withReplicas(plan.replicas())
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName(ChartStatefulSet.CONTAINER)
                .withImage(plan.image())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Whether all that is written stands in it already. */
    public static boolean holds(StatefulSet live, StatefulSet wanted) {
        var owner = wanted.getMetadata().getOwnerReferences().getFirst();
        return contains(live.getMetadata().getLabels(), wanted.getMetadata().getLabels())
                && contains(
                        live.getMetadata().getAnnotations(),
                        wanted.getMetadata().getAnnotations())
                && live.getMetadata().getOwnerReferences().stream()
                        .anyMatch(one -> owner.getUid().equals(one.getUid()))
                && wanted.getSpec().getReplicas().equals(live.getSpec().getReplicas())
                && image(wanted).equals(image(live));
    }

    private static boolean contains(Map<String, String> live, Map<String, String> wanted) {
        return live != null && live.entrySet().containsAll(wanted.entrySet());
    }

    private static Optional<String> image(StatefulSet set) {
        return ChartStatefulSet.container(set).map(Container::getImage);
    }

    /** The merge patch that takes the marks off; all else stays as it runs. @param owner uid of the WeaviateCluster */
    public static Map<String, Object> freed(StatefulSet set, String owner) {
        var others = set.getMetadata().getOwnerReferences().stream()
                .filter(reference -> !owner.equals(reference.getUid()))
                .toList();
        var labels = new HashMap<String, Object>();
        var former = former(set);
        labels.put(Labels.MANAGED_BY, former.isEmpty() ? null : former);
        var annotations = new HashMap<String, Object>();
        annotations.put(Labels.ADOPTED, null);
        return Map.of(
                "metadata",
                Map.of("ownerReferences", List.copyOf(others), "labels", labels, "annotations", annotations));
    }

    /** Value of the label that says who manages it; empty for none. */
    private static String former(StatefulSet set) {
        var noted = requireNonNullElse(set.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(Labels.ADOPTED);
        var now = requireNonNullElse(set.getMetadata().getLabels(), Map.<String, String>of())
                .get(Labels.MANAGED_BY);
        return noted != null ? noted : requireNonNullElse(now, "");
    }
}
