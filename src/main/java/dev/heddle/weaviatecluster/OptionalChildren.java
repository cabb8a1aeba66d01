package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.OptionalKinds;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Subset;
import dev.heddle.core.manifest.Mesh;
import dev.heddle.core.manifest.MonitoringManifests;
import dev.heddle.dependent.RefusedChild;
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
import java.util.Optional;
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
            String name, Topic topic, Function<ClusterPlan, Map<String, GenericKubernetesResource>> wanted) {
        GroupVersionKind gvk() {
            var parts = name.split("/");
            return new GroupVersionKind(parts[0], parts[1], parts[2]);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(OptionalKinds.SERVICE_MONITOR, Topic.MONITORING, MonitoringManifests::serviceMonitors),
            new Kind(OptionalKinds.PEER_AUTHENTICATION, Topic.MESH, Mesh::peerAuthentications),
            new Kind(OptionalKinds.DESTINATION_RULE, Topic.MESH, Mesh::destinationRules));

    private final StorageClasses storageClasses;
    private final Map<String, EventSource<GenericKubernetesResource, WeaviateCluster>> sources = new HashMap<>();

    OptionalChildren(StorageClasses storageClasses) {
        this.storageClasses = storageClasses;
    }

    /** Comes before the volumes that use it; they wait for it where it is refused. */
    Optional<Finding> storageClass(ClusterPlan plan) {
        return plan.storage()
                .made()
                .flatMap(made -> RefusedChild.optional(
                        Topic.CLOUD, "StorageClass " + made.name(), () -> storageClasses.ensure(made)));
    }

    /**
     * What is refused here keeps nothing from serving.
     *
     * @param known kinds that the API server knows, as group/version/kind
     */
    List<Finding> apply(ClusterPlan plan, Set<String> known, Context<WeaviateCluster> context) {
        return KINDS.stream()
                .filter(kind -> known.contains(kind.name()))
                .flatMap(kind -> apply(kind, plan, context).stream())
                .toList();
    }

    private Optional<Finding> apply(Kind kind, ClusterPlan plan, Context<WeaviateCluster> context) {
        var wanted = kind.wanted().apply(plan);
        var refused = RefusedChild.optional(
                kind.topic(), kind.gvk().getKind(), () -> apply(wanted, source(kind, context), context));
        // Who has no right to kinds that nobody asks for misses nothing.
        return refused.filter(finding -> !wanted.isEmpty());
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
        return sources.computeIfAbsent(kind.gvk().getKind(), name -> {
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
