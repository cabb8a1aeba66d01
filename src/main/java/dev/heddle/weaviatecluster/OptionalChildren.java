package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.OptionalKinds;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Subset;
import dev.heddle.core.manifest.Mesh;
import dev.heddle.core.manifest.MonitoringManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Children outside of the workflow: a storage class, which has no owner, and kinds that others install. A workflow's
 * activation condition does not serve here: JOSDK 5.1 builds the informer, and so asks for the kind, even where the
 * condition says that it does not exist.
 */
@ApplicationScoped
public class OptionalChildren {
    private static final String FIELD_MANAGER = "heddle";

    private record Kind(
            String groupVersion, String kind, Function<ClusterPlan, Map<String, GenericKubernetesResource>> wanted) {
        GroupVersionKind gvk() {
            var parts = groupVersion.split("/");
            return new GroupVersionKind(parts[0], parts[1], kind);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(OptionalKinds.SERVICE_MONITOR, "ServiceMonitor", MonitoringManifests::serviceMonitors),
            new Kind(OptionalKinds.PEER_AUTHENTICATION, "PeerAuthentication", Mesh::peerAuthentications),
            new Kind(OptionalKinds.DESTINATION_RULE, "DestinationRule", Mesh::destinationRules));

    private final StorageClasses storageClasses;
    private final Map<String, EventSource<GenericKubernetesResource, WeaviateCluster>> sources = new HashMap<>();

    OptionalChildren(StorageClasses storageClasses) {
        this.storageClasses = storageClasses;
    }

    /** @param known API groups that the API server knows, as group/version */
    void apply(ClusterPlan plan, Set<String> known, Context<WeaviateCluster> context) {
        plan.storage().made().ifPresent(storageClasses::ensure);
        for (var kind : KINDS) {
            if (known.contains(kind.groupVersion())) {
                apply(kind.wanted().apply(plan), source(kind, context), context);
            }
        }
    }

    private static void apply(
            Map<String, GenericKubernetesResource> wanted,
            EventSource<GenericKubernetesResource, WeaviateCluster> source,
            Context<WeaviateCluster> context) {
        var cluster = context.getPrimaryResource();
        var present = source.getSecondaryResources(cluster).stream()
                .collect(Collectors.toMap(child -> child.getMetadata().getName(), Function.identity()));
        wanted.forEach((name, child) -> {
            if (!present.containsKey(name)
                    || !Subset.holds(child.get("spec"), present.get(name).get("spec"))) {
                child.addOwnerReference(cluster);
                context.getClient()
                        .resource(child)
                        .fieldManager(FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply();
            }
        });
        present.values().stream()
                .filter(child -> !wanted.containsKey(child.getMetadata().getName()))
                .forEach(child -> context.getClient().resource(child).delete());
    }

    private synchronized EventSource<GenericKubernetesResource, WeaviateCluster> source(
            Kind kind, Context<WeaviateCluster> context) {
        return sources.computeIfAbsent(kind.kind(), name -> {
            var configuration = InformerEventSourceConfiguration.from(kind.gvk(), WeaviateCluster.class)
                    .withName("optional-" + name)
                    .withNamespacesInheritedFromController()
                    .withLabelSelector(Labels.SELECTOR)
                    .build();
            return context.eventSourceRetriever()
                    .dynamicallyRegisterEventSource(new InformerEventSource<>(
                            configuration, context.eventSourceRetriever().eventSourceContextForDynamicRegistration()));
        });
    }
}
