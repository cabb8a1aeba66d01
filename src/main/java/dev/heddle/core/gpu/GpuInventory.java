package dev.heddle.core.gpu;

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
}
