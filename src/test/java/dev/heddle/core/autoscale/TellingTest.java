package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written into the status, and how often. */
class TellingTest {
    private final Scene scene = new Scene(3, "minReplicas: 3, maxReplicas: 9, targetCPU: 60, targetQPS: 100");

    @Test
    void writesNothingForNoise() {
        var first = scene.after(10).sample(Metric.CPU, 50, Metric.QPS, 40).status();
        var random = new Random(1);
        for (int i = 0; i < 100; i++) {
            var status = scene.after(10)
                    .sample(Metric.CPU, 48 + 4 * random.nextDouble(), Metric.QPS, 39 + 2 * random.nextDouble())
                    .status();
            assertThat(status).isEqualTo(first);
        }
    }

    @Test
    void writesWhatMovesOnceInAWhile() {
        int writes = 0;
        var told = scene.after(10).sample(Metric.CPU, 20, Metric.QPS, 10).status();
        for (int i = 0; i < 30; i++) {
            var status =
                    scene.after(10).sample(Metric.CPU, 20 + i, Metric.QPS, 10).status();
            writes += status.equals(told) ? 0 : 1;
            told = status;
        }
        assertThat(writes).isBetween(3, 10);
    }

    @Test
    void writesADecisionWithItsNumbersAtOnce() {
        scene.after(10).sample(Metric.CPU, 50, Metric.QPS, 40);
        var status = scene.after(10).sample(Metric.CPU, 99, Metric.QPS, 40).status();

        assertThat(status.replicas()).isEqualTo(5);
        assertThat(status.metrics().get("cpu").current()).isEqualTo("99%");
    }

    @Test
    void namesSmallNumbersAndLargeOnes() {
        assertThat(Metric.QPS.text(0.04)).isEqualTo("0.0/s");
        assertThat(Metric.QPS.text(0)).isEqualTo("0/s");
        assertThat(Metric.QPS.text(12345)).isEqualTo("12000/s");
        assertThat(Metric.LATENCY.text(2.25)).isEqualTo("2.3s");
        assertThat(Metric.LATENCY.text(0.0034)).isEqualTo("3.4ms");
        assertThat(Metric.CPU.text(100.4)).isEqualTo("100%");
    }
}
