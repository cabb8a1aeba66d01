package dev.heddle.core.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.GpuSpec;
import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import dev.heddle.core.gpu.GpuPlacement.OnCpu;
import dev.heddle.core.gpu.GpuPlacement.OnPool;
import dev.heddle.core.gpu.GpuPlacement.Unplaced;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuPlacementTest {
    private static final Map<String, String> TAINT = Map.of("nvidia.com/gpu", "present");

    /** Free and all GPUs as free/capacity. */
    private static GpuNode nvidia(String name, String product, long gibibytes, int free, int capacity) {
        return new GpuNode(name, "nvidia.com/gpu", free, capacity, product, gibibytes << 30, TAINT);
    }

    private static Optional<GpuInventory> nodes(GpuNode... nodes) {
        return Optional.of(new GpuInventory(List.of(nodes)));
    }

    private static final Optional<GpuInventory> MIXED = nodes(
            nvidia("a100-1", "A100", 80, 8, 8),
            nvidia("a10-1", "A10", 24, 1, 1),
            nvidia("a10-2", "A10", 24, 3, 4),
            nvidia("t4-1", "T4", 16, 2, 4),
            nvidia("t4-2", "T4", 16, 0, 4));

    private static GpuSpec gpu(Integer count, String products, String minMemory, boolean fallback) {
        return new GpuSpec(
                null, count, products == null ? null : Arrays.asList(products.split(" ")), minMemory, fallback);
    }

    @ParameterizedTest(name = "{0} x {1} of {2} with {3}, before {4}: {5}")
    @CsvSource({
        // replicas, count, products, memory, previous, chosen
        "1, 1, , , , T4",
        "2, 1, , , , T4",
        "1, 2, , , , T4",
        "3, 1, , , , A10",
        "4, 1, , , , A10",
        "5, 1, , , , A100",
        "8, 1, , , , A100",
        "9, 1, , , , ",
        "1, 3, , , , A10",
        "1, 4, , , , A100",
        "2, 2, , , , A100",
        "1, 8, , , , A100",
        "1, 9, , , , ",
        "1, 1, , 20Gi, , A10",
        "1, 1, , 16Gi, , T4",
        "1, 1, , 16385Mi, , A10",
        "1, 1, , 25G, , A10",
        "1, 1, , 40Gi, , A100",
        "1, 1, , 81Gi, , ",
        "1, 1, A100, , , A100",
        "1, 1, A10 A100, , , A10",
        "1, 1, H100, , , ",
        "1, 1, H100 A10, , , A10",
        "1, 1, T4, 20Gi, , ",
        "1, 1, , , A100, A100",
        "1, 1, , , A10, A10",
        "1, 1, , , H100, T4",
        "5, 1, , , A10, A100",
        "1, 1, T4, , A100, T4",
    })
    void picksTheSmallestPoolThatFits(
            int replicas, int count, String products, String memory, String previous, String chosen) {
        var placement = GpuPlacement.choose(
                gpu(count, products, memory, false), replicas, MIXED, previous == null ? "" : previous);

        if (chosen == null) {
            assertThat(placement).isInstanceOf(Unplaced.class);
            assertThat(((Unplaced) placement).count()).isEqualTo(count);
        } else {
            assertThat(placement).isInstanceOfSatisfying(OnPool.class, pool -> {
                assertThat(pool.product()).isEqualTo(chosen);
                assertThat(pool.count()).isEqualTo(count);
                assertThat(pool.tolerations()).isEqualTo(TAINT);
                assertThat(pool.message()).contains(chosen);
            });
        }
    }

    @Test
    void defaultsToOneNvidiaGpu() {
        var placement = GpuPlacement.choose(new GpuSpec(null, null, null, null, null), 1, MIXED, "");

        assertThat(placement).isInstanceOfSatisfying(OnPool.class, pool -> {
            assertThat(pool.vendor()).isEqualTo(GpuVendor.NVIDIA);
            assertThat(pool.resource()).isEqualTo("nvidia.com/gpu");
            assertThat(pool.count()).isEqualTo(1);
        });
    }

    @Test
    void takesTheSmallerNodesOfEqualMemory() {
        var inventory = nodes(nvidia("big", "L4-big", 24, 8, 8), nvidia("small", "L4-small", 24, 1, 1));

        assertThat(GpuPlacement.choose(gpu(1, null, null, false), 1, inventory, ""))
                .isInstanceOfSatisfying(
                        OnPool.class, pool -> assertThat(pool.product()).isEqualTo("L4-small"));
    }

    @Test
    void doesNotAddUpNodesOfDifferentTaints() {
        var other = new GpuNode("x", "nvidia.com/gpu", 1, 1, "A10", 24L << 30, Map.of("team", "ml"));
        var inventory = nodes(nvidia("y", "A10", 24, 1, 1), other);

        assertThat(GpuPlacement.choose(gpu(1, null, null, false), 2, inventory, ""))
                .isInstanceOf(Unplaced.class);
        assertThat(GpuPlacement.choose(gpu(1, null, null, false), 1, inventory, ""))
                .isInstanceOf(OnPool.class);
    }

    @Test
    void doesNotAddUpTheGpusOfTwoNodesForOnePod() {
        var inventory = nodes(nvidia("x", "A10", 24, 1, 1), nvidia("y", "A10", 24, 1, 1));

        assertThat(GpuPlacement.choose(gpu(2, null, null, false), 1, inventory, ""))
                .isInstanceOf(Unplaced.class);
    }

    @Test
    void looksAtItsOwnVendorOnly() {
        var spec = new GpuSpec(GpuVendor.INTEL, 1, null, null, null);
        var xe = new GpuNode("x", "gpu.intel.com/xe", 1, 1, "", 0, Map.of());

        assertThat(GpuPlacement.choose(spec, 1, MIXED, "").message()).isEqualTo("No node offers gpu.intel.com/i915.");
        assertThat(GpuPlacement.choose(spec, 1, nodes(xe), "")).isInstanceOfSatisfying(OnPool.class, pool -> {
            assertThat(pool.resource()).isEqualTo("gpu.intel.com/xe");
            assertThat(pool.product()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9 | H100 |      | No node fits: asked for [H100] with at least 0 MiB; present: A10 (24576 MiB), A100",
                "9 |      | 1Ti  | No node fits: asked for any product with at least 1048576 MiB",
                "9 | T4   |      | Not enough free GPUs: 1 x 9 asked for, free on fitting nodes: t4-1=2, t4-2=0.",
            })
    void saysWhatIsMissing(int count, String products, String memory, String words) {
        assertThat(GpuPlacement.choose(gpu(count, products, memory, false), 1, MIXED, "")
                        .message())
                .startsWith(words);
    }

    @Test
    void goesToCpuOnlyWhereAllowed() {
        var none = Optional.of(new GpuInventory(List.of()));

        assertThat(GpuPlacement.choose(gpu(1, null, null, true), 1, none, "")).isInstanceOf(OnCpu.class);
        assertThat(GpuPlacement.choose(gpu(1, null, null, false), 1, none, "")).isInstanceOf(Unplaced.class);
        assertThat(GpuPlacement.choose(gpu(1, null, null, true), 1, MIXED, "")).isInstanceOf(OnPool.class);
    }

    @Test
    void leavesItToTheSchedulerWhenNodesCannotBeRead() {
        assertThat(GpuPlacement.choose(gpu(2, "A10", null, true), 1, Optional.empty(), ""))
                .isInstanceOfSatisfying(Unplaced.class, unplaced -> {
                    assertThat(unplaced.products()).containsExactly("A10");
                    assertThat(unplaced.message()).contains("may not read nodes");
                });
    }
}
