package dev.heddle.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.core.storage.Disks.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Volumes that grow while people change their minds, disks fill, nodes come and go, and the operator dies after any
 * single write. The seed stands in the name of each history.
 */
class ResizeHistoriesTest {
    private static final int HISTORIES = 1000;
    private static final int ENOUGH = 400;
    private static final int DISTURBED = 60;
    private static final long GIBI = 1L << 30;
    private static final String LIMIT = "40Gi";

    static IntStream seeds() {
        return IntStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsWithOneSizeEverywhere(int seed) {
        new History(seed).run();
    }

    /** The claims and the StatefulSet as Kubernetes has them; all that the planner may know. */
    private static final class History {
        private final Random random;
        private final boolean auto;
        private final List<Volume> claims = new ArrayList<>();
        private final Map<Integer, Long> used = new HashMap<>();
        private Optional<String> template = Optional.of("10Gi");
        private String asked = "10Gi";
        private int nodes = 3;

        History(int seed) {
            random = new Random(seed);
            auto = random.nextBoolean();
            claim();
        }

        void run() {
            for (int round = 0; round < DISTURBED; round++) {
                disturb();
                store();
                reconcile();
            }
            int round = 0;
            while (wanted().pending() || template.isEmpty()) {
                assertThat(round++).as("rounds until it ends").isLessThan(ENOUGH);
                store();
                reconcile();
            }
            var size = template.orElseThrow();
            assertThat(claims.stream().filter(claim -> claim.ordinal() < nodes))
                    .allSatisfy(claim -> assertThat(List.of(claim.requested(), claim.capacity()))
                            .containsOnly(size));
            assertThat(VolumeSize.below(size, asked)).as("what was asked for").isFalse();
            assertThat(auto && VolumeSize.below(LIMIT, size) && VolumeSize.below(asked, size))
                    .as("never past the limit by itself")
                    .isFalse();
        }

        private void disturb() {
            switch (random.nextInt(8)) {
                case 0 -> asked = (10 + random.nextInt(20)) + "Gi";
                case 1 -> nodes = Math.min(7, nodes + 1);
                case 2 -> nodes = Math.max(1, nodes - 1);
                case 3 -> used.merge(random.nextInt(nodes), 2 * GIBI, Long::sum);
                default -> {}
            }
        }

        /** The storage takes its time, and each volume its own. */
        private void store() {
            claims.replaceAll(claim -> random.nextInt(3) > 0
                    ? claim
                    : new Volume(
                            claim.claim(),
                            claim.ordinal(),
                            claim.requested(),
                            claim.requested(),
                            Optional.empty(),
                            ""));
            claim();
        }

        /** The StatefulSet makes claims of its template's size for new nodes; those of nodes that left are kept. */
        private void claim() {
            template.ifPresent(size -> IntStream.range(0, nodes)
                    .filter(node -> claims.stream().noneMatch(claim -> claim.ordinal() == node))
                    .forEach(node -> claims.add(new Volume("data-" + node, node, size, size, Optional.empty(), ""))));
        }

        private Resize wanted() {
            var byHand = Resize.of(asked, claims, template, nodes);
            if (!auto || byHand.pending()) {
                return byHand;
            }
            var spec = new AutoResizeSpec(LIMIT, "20%", "2Gi");
            var usage = new HashMap<String, Usage>();
            claims.stream().filter(claim -> claim.ordinal() < nodes).forEach(claim -> {
                long capacity = VolumeSize.bytes(claim.capacity()).longValueExact();
                long taken = Math.min(capacity, used.getOrDefault(claim.ordinal(), 0L));
                usage.put(claim.claim(), new Usage(capacity, capacity - taken));
            });
            return AutoResize.decide(spec, byHand.target(), usage) instanceof AutoResize.Decision.Grow grow
                    ? Resize.of(grow.size(), claims, template, nodes)
                    : byHand;
        }

        /** In the order of the reconciler; after each write the operator may die. */
        private void reconcile() {
            var resize = wanted();
            if (template.isEmpty()) {
                template = Optional.of(resize.target());
                if (dies()) {
                    return;
                }
            }
            for (var small : resize.unasked()) {
                assertThat(VolumeSize.below(resize.target(), small.requested()))
                        .as("a volume never shrinks")
                        .isFalse();
                claims.replaceAll(claim -> claim.equals(small)
                        ? new Volume(
                                small.claim(),
                                small.ordinal(),
                                resize.target(),
                                small.capacity(),
                                Optional.empty(),
                                "Resizing")
                        : claim);
                if (dies()) {
                    return;
                }
            }
            if (resize.grown()) {
                assertThat(claims.stream().filter(claim -> claim.ordinal() < nodes))
                        .as("the claim template is the last to change")
                        .noneMatch(claim -> VolumeSize.below(claim.capacity(), resize.target()));
                assertThat(template).as("made again once for a size").isNotEqualTo(Optional.of(resize.target()));
                template = Optional.empty();
            }
        }

        private boolean dies() {
            return random.nextInt(4) == 0;
        }
    }
}
