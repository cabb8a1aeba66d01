package dev.heddle.core.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nodes that have GPUs. */
public record GpuInventory(List<GpuNode> nodes) {

    /**
     * @param free GPUs that no other pod has requested
     * @param memory bytes of one GPU; 0 when the node does not say
     * @param product as labelled; empty when the node does not say
     * @param taints taints with effect NoSchedule or NoExecute: key to value, value may be empty
     */
    public record GpuNode(
            String name,
            String resource,
            long free,
            long capacity,
            String product,
            long memory,
            Map<String, String> taints) {}

    /** What is left when the pods of a placement have taken their GPUs. */
    public GpuInventory without(GpuPlacement.OnPool pool, int pods) {
        var left = new ArrayList<GpuNode>();
        int open = pods;
        for (var node : nodes) {
            boolean suits = node.resource().equals(pool.resource())
                    && node.product().equals(pool.product())
                    && node.taints().equals(pool.tolerations());
            int taken = suits ? (int) Math.min(open, node.free() / pool.count()) : 0;
            open -= taken;
            left.add(new GpuNode(
                    node.name(),
                    node.resource(),
                    node.free() - (long) taken * pool.count(),
                    node.capacity(),
                    node.product(),
                    node.memory(),
                    node.taints()));
        }
        return new GpuInventory(left);
    }
}
