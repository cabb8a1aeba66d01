package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.Kept;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Shared;
import dev.heddle.dependent.SlimStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Watches what others make for a cluster (pods, claims), found by label, with only the parts that are looked at. */
final class LabelledObjects {
    private static final Shared SHARED = new Shared(1024);

    private LabelledObjects() {}

    static List<EventSource<?, WeaviateCluster>> pods(EventSourceContext<WeaviateCluster> context) {
        return sources(context, Pod.class, LabelledObjects::lean);
    }

    static List<EventSource<?, WeaviateCluster>> claims(EventSourceContext<WeaviateCluster> context) {
        return sources(context, PersistentVolumeClaim.class, LabelledObjects::lean);
    }

    /** Pods of one node and shape, and the claims of a cluster, differ in little more than their names. */
    private static Pod lean(Pod pod) {
        var kept = Kept.of(pod);
        share(kept.getMetadata());
        kept.setSpec(SHARED.of(kept.getSpec()));
        var status = kept.getStatus();
        if (status != null) {
            status.setConditions(each(status.getConditions()));
            status.setInitContainerStatuses(each(status.getInitContainerStatuses()));
            status.setContainerStatuses(each(status.getContainerStatuses()));
        }
        return kept;
    }

    private static PersistentVolumeClaim lean(PersistentVolumeClaim claim) {
        var kept = Kept.of(claim);
        share(kept.getMetadata());
        kept.setSpec(SHARED.of(kept.getSpec()));
        kept.setStatus(SHARED.of(kept.getStatus()));
        return kept;
    }

    private static <E> List<E> each(List<E> list) {
        return SHARED.of(list.stream().map(SHARED::of).toList());
    }

    private static void share(ObjectMeta metadata) {
        metadata.setLabels(SHARED.of(metadata.getLabels()));
        metadata.setAnnotations(SHARED.of(metadata.getAnnotations()));
    }

    private static <T extends HasMetadata> List<EventSource<?, WeaviateCluster>> sources(
            EventSourceContext<WeaviateCluster> context, Class<T> kind, UnaryOperator<T> slim) {
        var sources = new ArrayList<EventSource<?, WeaviateCluster>>();
        var controller = context.getControllerConfiguration();
        for (var namespace : controller.getInformerConfig().getEffectiveNamespaces(controller)) {
            sources.add(new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(kind, WeaviateCluster.class)
                            .withName("labelled-" + kind.getSimpleName().toLowerCase() + "-" + namespace)
                            .withNamespaces(Set.of(namespace))
                            .withLabelSelector(Labels.SELECTOR)
                            .withItemStore(new SlimStore<>(slim))
                            .withSecondaryToPrimaryMapper(LabelledObjects::owner)
                            .build(),
                    context));
        }
        return sources;
    }

    private static Set<ResourceID> owner(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.INSTANCE))
                .map(cluster ->
                        Set.of(new ResourceID(cluster, object.getMetadata().getNamespace())))
                .orElse(Set.of());
    }
}
