package dev.heddle.core.gpu;

import dev.heddle.api.weaviate.v1.GpuSpec;
import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where a GPU workload goes. */
public sealed interface GpuPlacement {
    /** In words, for the condition. */
    String message();

    /**
     * A pool was chosen.
     *
     * @param product required value of the product label; empty when the nodes carry none
     * @param minMemory bytes that one GPU has at least; 0 for any
     * @param tolerations taints of the pool: key to value
     */
    record OnPool(
            GpuVendor vendor,
            String resource,
            int count,
            String product,
            long minMemory,
            Map<String, String> tolerations,
            String message)
            implements GpuPlacement {}

    /** The GPU is requested and the scheduler decides, because the operator cannot see the nodes, or none fits yet. */
    record Unplaced(GpuVendor vendor, String resource, int count, List<String> products, long minMemory, String message)
            implements GpuPlacement {}

    /** Runs on CPU, because nothing fits and that is allowed. */
    record OnCpu(String message) implements GpuPlacement {}

    /**
     * Best fit: among the pools (nodes of one product and one set of taints) in which {@code replicas} pods find free
     * GPUs, the one with the least memory, then the smallest nodes, so that large GPUs stay free for those who need them.
     *
     * @param nodes empty when nodes cannot be read
     * @param previous product chosen before; kept as long as it fits, so that a running workload does not move
     */
    static GpuPlacement choose(GpuSpec gpu, int replicas, Optional<GpuInventory> nodes, String previous) {
        var vendor = Objects.requireNonNullElse(gpu.vendor(), GpuVendor.NVIDIA);
        int count = Objects.requireNonNullElse(gpu.count(), 1);
        var products = Objects.requireNonNullElse(gpu.products(), List.<String>of());
        var resource = GpuVendors.resources(vendor).getFirst();
        if (nodes.isEmpty()) {
            return new Unplaced(
                    vendor,
                    resource,
                    count,
                    products,
                    minMemory(gpu),
                    "The operator may not read nodes; the scheduler chooses a node with %d %s."
                            .formatted(count, resource));
        }
        var pools = nodes.get().nodes().stream()
                .filter(node -> GpuVendors.resources(vendor).contains(node.resource()))
                .collect(Collectors.groupingBy(node -> new Pool(node.resource(), node.product(), node.taints())));
        var request = new Request(count, replicas, products, minMemory(gpu));
        var chosen = pools.entrySet().stream()
                .filter(pool -> request.fits(pool.getValue()))
                .min(Comparator.comparing((Map.Entry<Pool, List<GpuNode>> pool) ->
                                !pool.getKey().product().equals(previous))
                        .thenComparing(pool -> pool.getValue().getFirst().memory())
                        .thenComparing(pool -> smallest(pool.getValue()))
                        .thenComparing(pool -> pool.getKey().toString()));
        if (chosen.isPresent()) {
            var pool = chosen.get().getKey();
            return new OnPool(
                    vendor,
                    pool.resource(),
                    count,
                    pool.product(),
                    request.minMemory(),
                    pool.taints(),
                    "%d %s on %s (%d nodes fit)."
                            .formatted(
                                    count,
                                    pool.resource(),
                                    pool.product().isEmpty() ? "unlabelled nodes" : pool.product(),
                                    chosen.get().getValue().stream()
                                            .filter(node -> node.free() >= count)
                                            .count()));
        }
        var why = request.missing(pools.values().stream().flatMap(List::stream).toList(), resource);
        return Boolean.TRUE.equals(gpu.allowCpuFallback())
                ? new OnCpu(why + " Running on CPU, as allowCpuFallback permits.")
                : new Unplaced(vendor, resource, count, products, request.minMemory(), why);
    }

    private static long smallest(List<GpuNode> nodes) {
        return nodes.stream().mapToLong(GpuNode::capacity).min().orElse(0);
    }

    private static long minMemory(GpuSpec gpu) {
        return gpu.minMemory() == null
                ? 0
                : new Quantity(gpu.minMemory()).getNumericalAmount().longValue();
    }

    /** Nodes that one affinity and one set of tolerations can describe. */
    record Pool(String resource, String product, Map<String, String> taints) {
        public Pool {
            taints = new TreeMap<>(taints);
        }
    }

    /** What is asked of a pool. */
    record Request(int count, int replicas, List<String> products, long minMemory) {

        boolean fits(List<GpuNode> pool) {
            return pool.stream()
                            .filter(this::suits)
                            .mapToLong(node -> node.free() / count)
                            .sum()
                    >= replicas;
        }

        private boolean suits(GpuNode node) {
            return (products.isEmpty() || products.contains(node.product())) && node.memory() >= minMemory;
        }

        String missing(List<GpuNode> nodes, String resource) {
            if (nodes.isEmpty()) {
                return "No node offers %s.".formatted(resource);
            }
            var suitable = nodes.stream().filter(this::suits).toList();
            if (suitable.isEmpty()) {
                return "No node fits: asked for %s with at least %d MiB; present: %s."
                        .formatted(
                                products.isEmpty() ? "any product" : products,
                                minMemory >> 20,
                                nodes.stream()
                                        .map(node -> "%s (%d MiB)".formatted(node.product(), node.memory() >> 20))
                                        .distinct()
                                        .sorted()
                                        .collect(Collectors.joining(", ")));
            }
            return "Not enough free GPUs: %d x %d asked for, free on fitting nodes: %s."
                    .formatted(
                            replicas,
                            count,
                            suitable.stream()
                                    .map(node -> node.name() + "=" + node.free())
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }
}
