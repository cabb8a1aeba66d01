package dev.heddle.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuVendorsTest {
    private static final long GI = 1L << 30;

    private static Node node(String yaml) {
        return Serialization.unmarshal("# flow style\n{apiVersion: v1, kind: Node, " + yaml + "}", Node.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NVIDIA | nvidia.com/gpu     | nvidia.com/gpu.product: A10, nvidia.com/gpu.memory: '24576'      | A10   | 24",
                "AMD    | amd.com/gpu        | amd.com/gpu.product-name: MI210, amd.com/gpu.vram: 64Gi          | MI210 | 64",
                "INTEL  | gpu.intel.com/i915 | gpu.intel.com/product: Flex, gpu.intel.com/memory.max: '17179869184' | Flex | 16",
                "INTEL  | gpu.intel.com/xe   | gpu.intel.com/product: Max                                       | Max   | 0",
                "NVIDIA | nvidia.com/gpu     | a: b                                                             | ''    | 0",
                "NVIDIA | nvidia.com/gpu     | nvidia.com/gpu.memory: lots                                      | ''    | 0",
                "NVIDIA | nvidia.com/gpu     | nvidia.com/gpu.memory: ''                                        | ''    | 0",
                "NVIDIA | nvidia.com/gpu     | nvidia.com/gpu.memory: '24576MiB'                                | ''    | 0",
                "AMD    | amd.com/gpu        | amd.com/gpu.vram: 64GB                                           | ''    | 0",
                "INTEL  | gpu.intel.com/i915 | gpu.intel.com/memory.max: '1.5'                                  | ''    | 0",
            })
    void readsWhatEachVendorWrites(GpuVendor vendor, String resource, String labels, String product, long gibibytes) {
        var node =
                node("metadata: {name: n, labels: {%s}}, status: {allocatable: {%s: '4'}}".formatted(labels, resource));

        assertThat(GpuVendors.describe(node, vendor, 1))
                .hasValue(new GpuNode("n", resource, 3, 4, product, gibibytes * GI, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: {name: n}",
                "metadata: {name: n}, status: {}",
                "metadata: {name: n}, status: {allocatable: {cpu: '8'}}",
                "metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: '0'}}",
                "metadata: {name: n}, status: {allocatable: {amd.com/gpu: '4'}}",
                "metadata: {name: n}, spec: {unschedulable: true}, status: {allocatable: {nvidia.com/gpu: '4'}}",
            })
    void leavesOutWhatTakesNoGpuPod(String yaml) {
        assertThat(GpuVendors.describe(node(yaml), GpuVendor.NVIDIA, 0)).isEmpty();
    }

    /** The scheduler's Gt knows whole numbers only; a node that fits by {@link GpuPlacement} has to fit by it as well. */
    @ParameterizedTest
    @CsvSource({
        "NVIDIA, 21474836480, nvidia.com/gpu.memory, 20479",
        "NVIDIA, 21474836481, nvidia.com/gpu.memory, 20480",
        "NVIDIA, 1, nvidia.com/gpu.memory, 0",
        "INTEL, 8589934592, gpu.intel.com/memory.max, 8589934591",
    })
    void saysWhatTheSchedulerCompares(GpuVendor vendor, long bytes, String label, String than) {
        assertThat(GpuVendors.memory(vendor, bytes)).contains(new NodeSelectorRequirement(label, "Gt", List.of(than)));
    }

    @Test
    void leavesAmdsQuantitiesToThePlacement() {
        assertThat(GpuVendors.memory(GpuVendor.AMD, GI)).isEmpty();
    }

    @Test
    void neverOffersLessThanNothing() {
        var node = node("metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: '2'}}");

        assertThat(GpuVendors.describe(node, GpuVendor.NVIDIA, 5).orElseThrow().free())
                .isZero();
    }

    @Test
    void keepsTheTaintsThatKeepPodsOut() {
        var node = node("""
                metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: '2'}}, spec: {taints: [
                  {key: nvidia.com/gpu, value: present, effect: NoSchedule}, {key: team, effect: NoExecute},
                  {key: soft, value: x, effect: PreferNoSchedule}]}""");

        assertThat(GpuVendors.describe(node, GpuVendor.NVIDIA, 0).orElseThrow().taints())
                .isEqualTo(Map.of("nvidia.com/gpu", "present", "team", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-ready", "unreachable", "disk-pressure", "memory-pressure", "network-unavailable"})
    void neverToleratesAnIllNode(String condition) {
        var node = node(
                "metadata: {name: n}, status: {allocatable: {nvidia.com/gpu: '2'}}, spec: {taints: [{key: node.kubernetes.io/%s, effect: NoExecute}]}"
                        .formatted(condition));

        assertThat(GpuVendors.describe(node, GpuVendor.NVIDIA, 0).orElseThrow().taints())
                .isEmpty();
    }
}
