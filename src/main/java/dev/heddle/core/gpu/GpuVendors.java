package dev.heddle.core.gpu;

import dev.heddle.api.weaviate.v1.GpuVendor;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What each vendor's device plugin and feature discovery call things. */
public final class GpuVendors {
    /** Intel's plugins name the resource by driver. */
    private static final Map<GpuVendor, List<String>> RESOURCES = Map.of(
            GpuVendor.NVIDIA, List.of("nvidia.com/gpu"),
            GpuVendor.AMD, List.of("amd.com/gpu"),
            GpuVendor.INTEL, List.of("gpu.intel.com/i915", "gpu.intel.com/xe"));

    private static final Map<GpuVendor, String> PRODUCT = Map.of(
            GpuVendor.NVIDIA, "nvidia.com/gpu.product",
            GpuVendor.AMD, "amd.com/gpu.product-name",
            GpuVendor.INTEL, "gpu.intel.com/product");

    private static final String NVIDIA_MEMORY = "nvidia.com/gpu.memory";
    private static final String INTEL_MEMORY = "gpu.intel.com/memory.max";

    private GpuVendors() {}

    public static List<String> resources(GpuVendor vendor) {
        return RESOURCES.get(vendor);
    }

    /** Requires a node to have GPUs of this product. */
    public static NodeSelectorRequirement products(GpuVendor vendor, List<String> products) {
        return new NodeSelectorRequirement(PRODUCT.get(vendor), "In", products);
    }

    /**
     * Requires a node's GPUs to have at least these bytes, for a scheduler that chooses by itself.
     *
     * @return empty where a scheduler cannot compare: AMD's label is a quantity and no number
     */
    public static Optional<NodeSelectorRequirement> memory(GpuVendor vendor, long bytes) {
        return switch (vendor) {
            case NVIDIA -> Optional.of(more(NVIDIA_MEMORY, Math.ceilDiv(bytes, 1L << 20) - 1));
            case INTEL -> Optional.of(more(INTEL_MEMORY, bytes - 1));
            case AMD -> Optional.<NodeSelectorRequirement>empty();
        };
    }

    private static NodeSelectorRequirement more(String label, long than) {
        return new NodeSelectorRequirement(label, "Gt", List.of(String.valueOf(than)));
    }

    /**
     * The node as an entry of the inventory; empty when it has no GPU of the vendor or takes no pods.
     *
     * @param requested GPUs that pods on this node have requested
     */
    public static Optional<GpuInventory.GpuNode> describe(Node node, GpuVendor vendor, long requested) {
        if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
            return Optional.empty();
        }
        var allocatable = Optional.ofNullable(node.getStatus())
                .map(s -> s.getAllocatable())
                .orElse(Map.of());
        return resources(vendor).stream()
                .filter(resource -> amount(allocatable.get(resource)) > 0)
                .findFirst()
                .map(resource -> entry(node, vendor, resource, amount(allocatable.get(resource)), requested));
    }

    private static GpuInventory.GpuNode entry(
            Node node, GpuVendor vendor, String resource, long capacity, long requested) {
        var labels = Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of());
        return new GpuInventory.GpuNode(
                node.getMetadata().getName(),
                resource,
                Math.max(0, capacity - requested),
                capacity,
                labels.getOrDefault(PRODUCT.get(vendor), ""),
                memory(vendor, labels),
                taints(node));
    }

    private static TreeMap<String, String> taints(Node node) {
        var taints = new TreeMap<String, String>();
        for (Taint taint :
                Optional.ofNullable(node.getSpec()).map(s -> s.getTaints()).orElse(List.of())) {
            // Those say that the node is ill, pass by themselves, and must never be tolerated.
            boolean condition = taint.getKey().startsWith("node.kubernetes.io/");
            if (!condition && !"PreferNoSchedule".equals(taint.getEffect())) {
                taints.put(taint.getKey(), Optional.ofNullable(taint.getValue()).orElse(""));
            }
        }
        return taints;
    }

    /** NVIDIA says MiB, AMD a quantity such as 64G, Intel bytes. */
    private static long memory(GpuVendor vendor, Map<String, String> labels) {
        try {
            return switch (vendor) {
                case NVIDIA -> Long.parseLong(labels.getOrDefault(NVIDIA_MEMORY, "0")) << 20;
                case AMD -> amount(new Quantity(labels.getOrDefault("amd.com/gpu.vram", "0")));
                case INTEL -> Long.parseLong(labels.getOrDefault(INTEL_MEMORY, "0"));
            };
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    private static long amount(Quantity quantity) {
        return quantity == null
                ? 0
                : Optional.ofNullable(quantity.getNumericalAmount())
                        .orElse(BigDecimal.ZERO)
                        .longValue();
    }
}
