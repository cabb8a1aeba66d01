package dev.heddle.core.autoscale;

import static dev.heddle.core.autoscale.Metric.CPU;
import static dev.heddle.core.autoscale.Metric.LATENCY;
import static dev.heddle.core.autoscale.Metric.MEMORY;
import static dev.heddle.core.autoscale.Metric.QPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import dev.heddle.core.common.Finding.Topic;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples in, number of nodes out, through the same way as in a reconcile. */
class AutoscalerTest {
    private static final String ALL =
            "minReplicas: 1, maxReplicas: 10, targetCPU: 60, targetMemory: 80, targetQPS: 100, targetLatency: 50ms";

    @ParameterizedTest
    @CsvSource({
        // cpu %, memory %, queries of a node, latency s; nodes out of 3
        "91, 40, 50, 0.03, 5",
        "60, 40, 50, 0.03, 3",
        "66.1, 40, 50, 0.03, 4",
        "65.9, 40, 50, 0.03, 3",
        "67, 40, 50, 0.03, 4",
        "10, 95, 50, 0.03, 4",
        "10, 10, 333, 0.03, 10",
        "10, 10, 250, 0.03, 8",
        "10, 10, 10, 0.06, 4",
        "10, 10, 10, 0.1, 6",
        "10, 10, 10, 7, 6",
        "10, 10, 9999, 0.01, 10",
        "0, 0, 0, 0, 3"
    })
    void growsToTheHighestDemandOfAny(double cpu, double memory, double qps, double latency, int nodes) {
        var scene = new Scene(3, ALL).after(10);

        scene.sample(CPU, cpu, MEMORY, memory, QPS, qps, LATENCY, latency);

        assertThat(scene.wanted()).isEqualTo(nodes);
    }

    @Test
    void saysTheNumbers() {
        var scene = new Scene(3, ALL).after(10);

        var said = scene.sample(CPU, 91.2, MEMORY, 40, QPS, 123.4, LATENCY, 0.0123);

        assertThat(said.status().reason()).isEqualTo("3 → 5: cpu 91% of target 60%, qps 120/s of target 100/s.");
        assertThat(said.status().lastScaleTime()).isEqualTo("2026-01-02T03:04:15Z");
        assertThat(said.status().metrics())
                .hasToString("{cpu=MetricStatus[current=91%, target=60%, desired=5, error=null],"
                        + " memory=MetricStatus[current=40%, target=80%, desired=2, error=null],"
                        + " qps=MetricStatus[current=120/s, target=100/s, desired=4, error=null],"
                        + " latency=MetricStatus[current=12ms, target=50ms, desired=2, error=null]}");
        assertThat(said.findings()).isEmpty();
    }

    @Test
    void shrinksOnlyAfterTheWindowAndByItsHighestDemand() {
        var scene = new Scene(6, "minReplicas: 2, maxReplicas: 9, targetCPU: 50");
        for (int second = 10; second < 600; second += 10) {
            scene.after(10).sample(CPU, second == 150 ? 30 : 12);
            assertThat(scene.wanted()).isEqualTo(6);
        }
        scene.after(10).sample(CPU, 12);
        scene.after(10).sample(CPU, 12);
        assertThat(scene.wanted()).as("at 150 s it asked for 4").isEqualTo(4);
        assertThat(scene.standing.decision().reason())
                .isEqualTo("6 → 4: cpu 12% of target 50%; for 600 s no metric asked for more.");

        scene.nodes = 4;
        for (int second = 0; second < 290; second += 10) {
            scene.after(10).sample(CPU, 12);
        }
        assertThat(scene.wanted()).as("cool-down").isEqualTo(4);
        scene.after(10).sample(CPU, 12);
        assertThat(scene.wanted()).isEqualTo(2);
    }

    @Test
    void growsOnlyWhatHeldOverTheWindowOfScaleUp() {
        var scene = new Scene(
                2,
                "maxReplicas: 9, targetCPU: 50, behavior: {scaleUp: {stabilizationWindowSeconds: 30, cooldownSeconds: 0}}");
        scene.after(10).sample(CPU, 200);
        scene.after(10).sample(CPU, 100);
        scene.after(10).sample(CPU, 200);
        assertThat(scene.wanted()).isEqualTo(2);
        scene.after(10).sample(CPU, 200);
        assertThat(scene.wanted()).as("the lowest of 30 s").isEqualTo(4);
    }

    @Test
    void coolsDownAfterGrowing() {
        var scene = new Scene(2, "maxReplicas: 9, targetQPS: 100");
        scene.after(10).sample(QPS, 150);
        assertThat(scene.wanted()).isEqualTo(3);
        scene.nodes = 3;
        scene.after(10).sample(QPS, 150);
        assertThat(scene.wanted()).isEqualTo(3);
        scene.after(10).sample(QPS, 150);
        assertThat(scene.wanted()).isEqualTo(5);
    }

    @Test
    void neverShrinksWhileAMetricIsMissing() {
        var scene = new Scene(5, "minReplicas: 1, maxReplicas: 9, targetCPU: 50, targetQPS: 100");
        for (int i = 0; i < 100; i++) {
            var said = scene.after(10)
                    .sample(CPU, new Reading.Unreadable("metrics.k8s.io cannot be read: HTTP 503."), QPS, 1);
            assertThat(scene.wanted()).isEqualTo(5);
            assertThat(said.findings().isEmpty())
                    .as("told after a while: %d", i)
                    .isEqualTo(i < 5);
        }
        var said = scene.reconcile();
        assertThat(said.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.topic()).isEqualTo(Topic.AUTO_SCALING);
            assertThat(finding.reason()).isEqualTo("MetricsUnavailable");
            assertThat(finding.message()).contains("cpu: metrics.k8s.io cannot be read: HTTP 503.");
        });
        assertThat(said.status().metrics().get("cpu").error()).contains("HTTP 503");
        assertThat(said.status().metrics().get("cpu").current()).isNull();
        assertThat(said.status().metrics().get("qps").error()).isNull();

        scene.after(10).sample(CPU, 5, QPS, 1);
        assertThat(scene.reconcile().findings()).isEmpty();
        assertThat(scene.wanted()).as("the window begins when all is known").isEqualTo(5);
    }

    @Test
    void growsByWhatIsKnownWhileSomeNodesAreSilent() {
        var scene = new Scene(4, "minReplicas: 1, maxReplicas: 9, targetQPS: 100");
        scene.after(10).sample(QPS, new Reading.AtLeast(150, "db-3: no answer."));
        assertThat(scene.wanted()).isEqualTo(6);
        scene.nodes = 6;
        for (int i = 0; i < 100; i++) {
            scene.after(10).sample(QPS, new Reading.AtLeast(1, "db-3: no answer."));
        }
        assertThat(scene.wanted()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Freedom.class)
    void waitsForOtherWork(Freedom freedom) {
        var busy = new Scene(3, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        busy.freedom = freedom;
        busy.after(10).sample(CPU, 100);
        assertThat(busy.wanted()).isEqualTo(freedom == Freedom.ANY || freedom == Freedom.GROW ? 6 : 3);

        var asked = new Scene(3, "minReplicas: 1, maxReplicas: 9, targetCPU: 50, targetQPS: 100");
        asked.freedom = freedom;
        asked.after(10).sample(CPU, 150, QPS, 150);
        assertThat(asked.wanted()).isEqualTo(freedom == Freedom.NONE ? 3 : freedom == Freedom.QUERIES ? 5 : 9);

        var idle = new Scene(3, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        idle.freedom = freedom;
        idle.after(700).sample(CPU, 1);
        assertThat(idle.wanted()).isEqualTo(freedom == Freedom.ANY ? 1 : 3);
    }

    @Test
    void keepsVotersAndReplicas() {
        var scene = new Scene(5, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        scene.factor = OptionalInt.of(4);
        scene.after(700).sample(CPU, 1);
        assertThat(scene.wanted()).isEqualTo(4);

        var voters = new Scene(5, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        voters.standing = new Standing(
                voters.standing.decision(), 3, Freedom.ANY, java.util.Map.of(), java.util.Optional.empty(), false);
        voters.after(700).sample(CPU, 1);
        assertThat(voters.wanted()).isEqualTo(3);

        var unknown = new Scene(5, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        unknown.factor = OptionalInt.empty();
        unknown.after(700).sample(CPU, 1);
        assertThat(unknown.wanted()).as("collections could not be asked for").isEqualTo(5);
    }

    @Test
    void takesLimitsThatMoveAtOnce() {
        var low = new Scene(2, "minReplicas: 4, maxReplicas: 9, targetCPU: 50");
        assertThat(low.wanted()).isEqualTo(4);
        var high = new Scene(12, "minReplicas: 4, maxReplicas: 9, targetCPU: 50");
        assertThat(high.wanted()).isEqualTo(9);
        high.standing = new Standing(
                new Decision(12, "", java.util.Optional.of(high.now)),
                3,
                Freedom.ANY,
                java.util.Map.of(),
                java.util.Optional.empty(),
                false);
        high.after(10).sample(CPU, 50);
        assertThat(high.wanted()).isEqualTo(9);
        assertThat(high.standing.decision().reason()).isEqualTo("12 → 9: autoScaling.maxReplicas.");
    }

    @Test
    void saysThatMoreIsAskedForThanAllowed() {
        var scene = new Scene(2, "maxReplicas: 3, targetCPU: 50");
        scene.after(10).sample(CPU, 500);
        assertThat(scene.wanted()).isEqualTo(3);
        for (int i = 0; i < 7; i++) {
            scene.after(10).sample(CPU, 500);
        }
        assertThat(Samples.reasons(scene.reconcile().findings())).containsExactly("LimitReached");
        scene.after(10).sample(CPU, 50);
        assertThat(scene.reconcile().findings()).isEmpty();
    }

    @Test
    void doesNothingByOldSamples() {
        var scene = new Scene(3, "minReplicas: 1, maxReplicas: 9, targetCPU: 50");
        scene.freedom = Freedom.NONE;
        scene.after(10).sample(CPU, 100);
        scene.freedom = Freedom.ANY;
        scene.after(61).reconcile();
        assertThat(scene.wanted()).isEqualTo(3);
    }
}
