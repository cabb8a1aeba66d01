package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.dependent.SlimStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
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
    private LabelledObjects() {}

    static List<EventSource<?, WeaviateCluster>> pods(EventSourceContext<WeaviateCluster> context) {
        return sources(context, Pod.class, pod -> new PodBuilder()
                .withMetadata(slim(pod))
                .withNewSpec()
                .withNodeName(pod.getSpec().getNodeName())
                .endSpec()
                .withStatus(pod.getStatus())
                .build());
    }

    static List<EventSource<?, WeaviateCluster>> claims(EventSourceContext<WeaviateCluster> context) {
        return sources(context, PersistentVolumeClaim.class, claim -> new PersistentVolumeClaimBuilder()
                .withMetadata(slim(claim))
                .withSpec(claim.getSpec())
                .withStatus(claim.getStatus())
                .build());
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

    private static ObjectMeta slim(HasMetadata object) {
        var metadata = object.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withLabels(metadata.getLabels())
                .withAnnotations(metadata.getAnnotations())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .build();
    }
}
