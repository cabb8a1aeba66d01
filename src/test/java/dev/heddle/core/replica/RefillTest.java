package dev.heddle.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.replica.Copy.Sent;
import dev.heddle.core.scale.ShardLayout;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefillTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LONG_AGO = NOW.minusSeconds(600);

    private static Copy copy(String node, long objects, Sent... sent) {
        return new Copy(node, "A", "s", objects, Arrays.asList(sent));
    }

    /** @param seconds since the round began */
    private static Sent to(String node, int seconds, long objects) {
        return new Sent(node, NOW.minusSeconds(seconds), objects);
    }

    private static boolean behind(Instant since, Copy... copies) {
        var all = List.of(copies);
        var full = all.stream().filter(copy -> !copy.node().equals("n2")).toList();
        return !Refill.behind("n2", all, full, since, NOW).isEmpty();
    }

    @Test
    void waitsForTwoRounds() {
        assertThat(behind(NOW.minusSeconds(59), copy("n0", 5), copy("n2", 5))).isTrue();
        assertThat(behind(NOW.minusSeconds(61), copy("n0", 5), copy("n2", 5))).isFalse();
    }

    /** As seen on three nodes: the round that found nothing to send is told by one node only. */
    @Test
    void goesByTheLastRound() {
        var first = copy("n0", 0, to("n2", 40, 0));
        var second = copy("n1", 0, to("n2", 41, 500));

        assertThat(behind(LONG_AGO, first, second, copy("n2", 0))).isFalse();
        assertThat(behind(LONG_AGO, copy("n0", 0, to("n2", 42, 0)), second, copy("n2", 0)))
                .isTrue();
        assertThat(behind(LONG_AGO, copy("n0", 0, to("n2", 181, 500)), copy("n2", 0)))
                .as("no later round differed")
                .isFalse();
    }

    /** Rounds begin only after all objects were read, which takes long on large shards. */
    @Test
    void seesThatObjectsAreMissing() {
        assertThat(behind(LONG_AGO, copy("n0", 2000), copy("n1", 1500), copy("n2", 1979)))
                .isTrue();
        assertThat(behind(LONG_AGO, copy("n0", 2000), copy("n1", 1500), copy("n2", 1980)))
                .isFalse();
    }

    @Test
    void leavesOthersAndSinglesAlone() {
        var single = new Copy("n2", "B", "x", 0, List.of());
        var elsewhere = new Copy("n0", "C", "x", 9, List.of(to("n1", 1, 9)));

        assertThat(behind(NOW, single, elsewhere)).isFalse();
        assertThat(behind(LONG_AGO, copy("n0", 5, to("n1", 1, 99)), copy("n2", 5)))
                .isFalse();
    }

    /** Another empty copy is no measure. */
    @Test
    void comparesWithFullCopiesOnly() {
        var copies = List.of(copy("n0", 5), copy("n1", 9), copy("n2", 5));

        assertThat(Refill.behind("n2", copies, List.of(copies.getFirst()), LONG_AGO, NOW))
                .isEmpty();
        assertThat(Refill.behind("n2", copies, copies.subList(0, 2), LONG_AGO, NOW))
                .hasSize(1);
    }

    @Test
    void missesWhatTheNodeDoesNotTellOf() {
        var shard = new ShardLayout.Shard("A", "s", List.of("n0", "n2"));
        var layout = new ShardLayout(List.of(new ShardLayout.Collection("A", 2, false, List.of(shard))), List.of());
        var full = List.of(copy("n0", 5));
        var copies = Refill.expected(full, layout, List.of("n2"));

        assertThat(Refill.behind("n2", full, full, LONG_AGO, NOW)).isEmpty();
        assertThat(Refill.behind("n2", copies, full, LONG_AGO, NOW)).hasSize(1);
        assertThat(Refill.expected(copies, layout, List.of("n2"))).isEqualTo(copies);
    }
}
