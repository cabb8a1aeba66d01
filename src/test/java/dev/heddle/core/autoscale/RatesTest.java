package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Rates.Looks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static Counters at(int second, double... cumulative) {
        var buckets = new TreeMap<Double, Double>();
        var bounds = new double[] {0.01, 0.1, 1, Double.POSITIVE_INFINITY};
        for (int i = 0; i < cumulative.length; i++) {
            buckets.put(bounds[i], cumulative[i]);
        }
        return new Counters(
                Samples.NOW.plusSeconds(second),
                cumulative.length == 0 ? 0 : cumulative[cumulative.length - 1],
                Map.copyOf(buckets));
    }

    @Test
    void addsUpNodesEachOverItsOwnTime() {
        var rates = Rates.of(List.of(
                new Looks(at(0, 100, 100, 100, 100), at(10, 150, 200, 200, 200)),
                new Looks(at(0, 0, 0, 0, 0), at(20, 100, 100, 100, 100))));

        assertThat(rates.perSecond()).isEqualTo(15);
        assertThat(rates.latency().orElseThrow())
                .as("190th of 200, 40 of 50 into 0.01…0.1")
                .isCloseTo(0.082, within(1e-9));
    }

    @Test
    void countsFromZeroAfterARestart() {
        var rates = Rates.of(List.of(new Looks(at(0, 9000, 9000, 9000, 9000), at(10, 40, 40, 40, 40))));

        assertThat(rates.perSecond()).isEqualTo(4);
        assertThat(rates.latency().orElseThrow()).isLessThan(0.01);
    }

    @Test
    void namesTheLastBoundForWhatIsBeyond() {
        assertThat(Rates.of(List.of(new Looks(at(0, 0, 0, 0, 0), at(10, 0, 0, 0, 100))))
                        .latency())
                .contains(1.0);
    }

    @Test
    void tellsNoLatencyOfAFew() {
        assertThat(Rates.of(List.of(new Looks(at(0, 0, 0, 0, 0), at(10, 0, 0, 19, 19))))
                        .latency())
                .isEmpty();
        assertThat(Rates.of(List.of(new Looks(at(0), at(10))))).isEqualTo(new Rates(0, java.util.Optional.empty()));
        assertThat(Rates.of(List.of())).isEqualTo(new Rates(0, java.util.Optional.empty()));
    }
}
