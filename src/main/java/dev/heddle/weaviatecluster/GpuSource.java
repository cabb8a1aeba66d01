package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.GpuSpec;
import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.api.weaviate.v1.ModuleSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Labels;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import dev.heddle.core.gpu.GpuVendors;
import dev.heddle.dependent.SlimStore;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The GPU nodes. Nodes are watched from the first cluster on that asks for a GPU, and not before. */
final class GpuSource {
    private final KubernetesClient client;
    private final boolean mayReadNodes;
    private final Set<ResourceID> asking = ConcurrentHashMap.newKeySet();
    private final SlimStore<Node> nodes = new SlimStore<>(GpuSource::slim);
    private boolean watching;

    GpuSource(KubernetesClient client, boolean mayReadNodes) {
        this.client = client;
        this.mayReadNodes = mayReadNodes;
    }

    /** Empty when no module asks for a GPU, or the operator may not read nodes. */
    Optional<GpuInventory> of(WeaviateCluster cluster, WeaviateClusterSpec spec, Context<WeaviateCluster> context) {
        var vendors = vendors(spec);
        var id = ResourceID.fromResource(cluster);
        if (vendors.isEmpty()) {
            asking.remove(id);
            return Optional.empty();
        }
        asking.add(id);
        if (!mayReadNodes) {
            return Optional.empty();
        }
        watch(context);
        var requested = requested(cluster);
        return Optional.of(new GpuInventory(nodes.values()
                .flatMap(node -> vendors.stream().flatMap(vendor -> describe(node, vendor, requested).stream()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList()));
    }

    void forget(ResourceID cluster) {
        asking.remove(cluster);
    }

    private static Optional<GpuNode> describe(Node node, GpuVendor vendor, Map<String, Long> requested) {
        return GpuVendors.describe(
                node, vendor, requested.getOrDefault(node.getMetadata().getName() + "/" + vendor, 0L));
    }

    private static List<GpuVendor> vendors(WeaviateClusterSpec spec) {
        var modules = Objects.requireNonNullElse(spec.modules(), List.<ModuleSpec>of()).stream()
                .filter(module -> !Boolean.FALSE.equals(module.enabled()))
                .map(ModuleSpec::gpu);
        return Stream.concat(Stream.ofNullable(spec.gpu()), modules)
                .filter(Objects::nonNull)
                .map(GpuSpec::vendor)
                .map(vendor -> Objects.requireNonNullElse(vendor, GpuVendor.NVIDIA))
                .distinct()
                .toList();
    }

    private synchronized void watch(Context<WeaviateCluster> context) {
        if (watching) {
            return;
        }
        var configuration = InformerEventSourceConfiguration.from(Node.class, WeaviateCluster.class)
                .withName("gpu-nodes")
                .withWatchAllNamespaces()
                .withItemStore(nodes)
                .withSecondaryToPrimaryMapper(node -> Set.copyOf(asking))
                .withPrimaryToSecondaryMapper((WeaviateCluster any) -> Set.of())
                // Heartbeats change nothing that a placement depends on.
                .withOnUpdateFilter((now, before) -> !relevant(now).equals(relevant(before)))
                .build();
        context.eventSourceRetriever()
                .dynamicallyRegisterEventSource(new InformerEventSource<>(
                        configuration, context.eventSourceRetriever().eventSourceContextForDynamicRegistration()));
        watching = true;
    }

    private static List<Object> relevant(Node node) {
        var slim = slim(node);
        return Arrays.asList(slim.getMetadata().getLabels(), slim.getSpec(), slim.getStatus());
    }

    private static Node slim(Node node) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(node.getMetadata().getName())
                .withUid(node.getMetadata().getUid())
                .withResourceVersion(node.getMetadata().getResourceVersion())
                .withLabels(node.getMetadata().getLabels())
                .endMetadata()
                .withNewSpec()
                .withTaints(node.getSpec().getTaints())
                .withUnschedulable(node.getSpec().getUnschedulable())
                .endSpec()
                .withNewStatus()
                .withAllocatable(node.getStatus().getAllocatable())
                .endStatus()
                .build();
    }

    /** GPUs requested by pods other than the cluster's own, by node/vendor; its own are free to itself. */
    private Map<String, Long> requested(WeaviateCluster cluster) {
        var sums = new HashMap<String, Long>();
        var pods = client.pods()
                .inAnyNamespace()
                .withoutField("status.phase", "Succeeded")
                .withoutField("status.phase", "Failed")
                .list()
                .getItems();
        for (var pod : pods) {
            if (pod.getSpec().getNodeName() == null || isOwn(pod, cluster)) {
                continue;
            }
            Arrays.stream(GpuVendor.values())
                    .forEach(vendor ->
                            sums.merge(pod.getSpec().getNodeName() + "/" + vendor, gpus(pod, vendor), Long::sum));
        }
        return sums;
    }

    private static boolean isOwn(Pod pod, WeaviateCluster cluster) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return cluster.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && Labels.MANAGER.equals(labels.get(Labels.MANAGED_BY))
                && cluster.getMetadata().getName().equals(labels.get(Labels.INSTANCE));
    }

    private static long gpus(Pod pod, GpuVendor vendor) {
        return pod.getSpec().getContainers().stream()
                .map(container -> container.getResources() == null
                        ? null
                        : container.getResources().getRequests())
                .filter(Objects::nonNull)
                .flatMap(requests -> GpuVendors.resources(vendor).stream().map(requests::get))
                .filter(Objects::nonNull)
                .map(Quantity::getNumericalAmount)
                .mapToLong(Number::longValue)
                .sum();
    }
}
