package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Metric;
import dev.heddle.core.autoscale.Reading;
import dev.heddle.core.cluster.References;
import dev.heddle.prometheus.PrometheusApi;
import dev.heddle.weaviatecluster.PrometheusSource.Questions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of a Prometheus, and what its numbers mean. */
class PrometheusSourceTest {
    private final List<String> asked = new ArrayList<>();
    private double answer;

    private final PrometheusSource source = new PrometheusSource((url, token, promql) -> {
        asked.add("%s %s %s".formatted(url, token.orElse("-"), promql));
        if (answer == -2) {
            throw new PrometheusApi.NoNumber("Prometheus cannot be reached.");
        }
        return answer;
    });

    private static Questions questions(References references) {
        var spec = Samples.spec("""
                autoScaling:
                  enabled: true
                  maxReplicas: 3
                  targetQPS: 100
                  targetLatency: 1s
                  prometheus:
                    url: http://prometheus:9090
                    bearerTokenSecretRef: {name: reader, key: token}
                    queries:
                      qps: sum(rate(x{namespace="$namespace",pod=~"$cluster-[0-9]+"}[1m]))
                      latency: histogram_quantile(0.95, y)
                      cpu: avg(z)
                """);
        return Questions.of(Samples.NAMES, spec, references).only(EnumSet.of(Metric.QPS, Metric.LATENCY));
    }

    private static Questions questions() {
        return questions(
                new References(Map.of("reader", Samples.secret("reader", Map.of("token", "t0ken\n"))), Map.of()));
    }

    @Test
    void asksForWhatHasATargetWithItsNames() {
        answer = 90;

        assertThat(questions().queries()).containsOnlyKeys(Metric.QPS, Metric.LATENCY);
        assertThat(source.of(questions(), Metric.QPS, 3)).isEqualTo(new Reading.Measured(30));
        assertThat(source.of(questions(), Metric.LATENCY, 3)).isEqualTo(new Reading.Measured(90));
        assertThat(asked.getFirst())
                .isEqualTo("http://prometheus:9090 t0ken sum(rate(x{namespace=\"shop\",pod=~\"db-[0-9]+\"}[1m]))");
        assertThat(questions()).asString().doesNotContain("t0ken");
    }

    @Test
    void knowsWhatIsNoNumber() {
        answer = Double.NaN;
        assertThat(source.of(questions(), Metric.LATENCY, 3)).isEqualTo(new Reading.Measured(0));
        assertThat(source.of(questions(), Metric.QPS, 3)).isEqualTo(new Reading.Unreadable("the query gives NaN."));
        answer = Double.POSITIVE_INFINITY;
        assertThat(source.of(questions(), Metric.QPS, 3)).isInstanceOf(Reading.Unreadable.class);
        answer = -1;
        assertThat(source.of(questions(), Metric.QPS, 3)).isEqualTo(new Reading.Unreadable("the query gives -1.0."));
        answer = -2;
        assertThat(source.of(questions(), Metric.QPS, 3))
                .isEqualTo(new Reading.Unreadable("Prometheus cannot be reached."));
    }

    @Test
    void asksNothingWithoutTheTokenThatIsNamed() {
        var read = source.of(questions(new References(Map.of(), Map.of())), Metric.QPS, 3);

        assertThat(read)
                .isEqualTo(new Reading.Unreadable(
                        "Secret reader, named in spec.autoScaling.prometheus.bearerTokenSecretRef, does not exist."));
        assertThat(asked).isEmpty();
        assertThat(Questions.of(Samples.NAMES, Samples.spec(""), new References(Map.of(), Map.of())))
                .isEqualTo(new Questions("", Optional.empty(), Map.of(), Optional.empty()));
    }
}
