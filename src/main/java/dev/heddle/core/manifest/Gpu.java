package dev.heddle.core.manifest;

import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.core.cluster.Env;
import dev.heddle.core.cluster.ModulePlan;
import dev.heddle.core.gpu.GpuPlacement;
import dev.heddle.core.gpu.GpuVendors;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a placement means for a pod. */
record Gpu(
        boolean requested,
        Map<String, Quantity> resources,
        Affinity affinity,
        List<Toleration> tolerations,
        List<EnvVar> environment,
        Map<String, String> annotations) {

    private static final Gpu CPU =
            new Gpu(false, Map.of(), null, List.of(), List.of(Env.of("ENABLE_CUDA", "0")), Map.of());

    static Gpu of(ModulePlan.Inference inference) {
        return inference.gpu().map(Gpu::of).orElse(CPU);
    }

    private static Gpu of(GpuPlacement placement) {
        return switch (placement) {
            case GpuPlacement.OnCpu cpu -> CPU;
            case GpuPlacement.OnPool pool ->
                new Gpu(
                        true,
                        Map.of(pool.resource(), new Quantity(String.valueOf(pool.count()))),
                        affinity(
                                pool.vendor(),
                                pool.product().isEmpty() ? List.of() : List.of(pool.product()),
                                pool.minMemory()),
                        pool.tolerations().entrySet().stream()
                                .map(taint -> toleration(taint.getKey(), taint.getValue()))
                                .toList(),
                        cuda(pool.vendor()),
                        Map.of("heddle.dev/gpu-product", pool.product()));
            case GpuPlacement.Unplaced unplaced ->
                new Gpu(
                        true,
                        Map.of(unplaced.resource(), new Quantity(String.valueOf(unplaced.count()))),
                        affinity(unplaced.vendor(), unplaced.products(), unplaced.minMemory()),
                        List.of(toleration(unplaced.resource(), "")),
                        cuda(unplaced.vendor()),
                        Map.of());
        };
    }

    /** Null when any node with the resource will do. */
    private static Affinity affinity(GpuVendor vendor, List<String> products, long minMemory) {
        var required = new ArrayList<NodeSelectorRequirement>();
        if (!products.isEmpty()) {
            required.add(GpuVendors.products(vendor, products));
        }
        if (minMemory > 0) {
            GpuVendors.memory(vendor, minMemory).ifPresent(required::add);
        }
        return required.isEmpty()
                ? null
                : new AffinityBuilder()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .withMatchExpressions(required)
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build();
    }

    private static Toleration toleration(String key, String value) {
        var builder = new TolerationBuilder().withKey(key);
        return value.isEmpty()
                ? builder.withOperator("Exists").build()
                : builder.withOperator("Equal").withValue(value).build();
    }

    /** NVIDIA_VISIBLE_DEVICES is left to the device plugin: "all" would show the pod its neighbours' GPUs. */
    private static List<EnvVar> cuda(GpuVendor vendor) {
        return vendor != GpuVendor.NVIDIA
                ? List.of(Env.of("ENABLE_CUDA", "1"))
                : List.of(
                        Env.of("ENABLE_CUDA", "1"),
                        Env.of("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"),
                        Env.of("LD_LIBRARY_PATH", "/usr/local/nvidia/lib64"));
    }
}
