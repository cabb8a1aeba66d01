package dev.heddle.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.replica.Copy.Sent;
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
        return !Refill.behind("n2", List.of(copies), since, NOW).isEmpty();
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
}
