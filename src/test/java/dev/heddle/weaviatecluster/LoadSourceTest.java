package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Basis;
import dev.heddle.core.autoscale.Metric;
import dev.heddle.core.autoscale.Reading;
import dev.heddle.core.autoscale.Reading.AtLeast;
import dev.heddle.core.autoscale.Reading.Measured;
import dev.heddle.core.autoscale.Reading.Unreadable;
import dev.heddle.core.autoscale.Sample;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.Traffic;
import dev.heddle.weaviate.WeaviateException;
import dev.heddle.weaviate.WeaviateMetrics;
import dev.heddle.weaviatecluster.LoadSource.Node;
import dev.heddle.weaviatecluster.LoadSource.Target;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics server and pods say becomes a reading or a reason, whatever it is. */
@Timeout(30)
class LoadSourceTest {
    private static final Basis BASIS = new Basis(Optional.of(2.0), Optional.of((double) (1 << 30)));

    private final List<String> asked = new ArrayList<>();
    /** Requests that a pod has served by its address; absent for one that does not answer. */
    private final Map<String, Double> served = new HashMap<>();

    private Instant now = Samples.NOW;
    private int status = 200;
    private String body = "{}";
    private HttpServer server;
    private KubernetesClient client;
    private LoadSource loads;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        var address = server.getAddress();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://%s:%d".formatted(address.getHostString(), address.getPort()))
                        .build())
                .build();
        loads = new LoadSource(client, new Pages(), null, null, clock());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    /** Every request takes a fifth of a second. */
    private final class Pages implements WeaviateMetrics {
        @Override
        public Traffic traffic(Endpoint endpoint) throws WeaviateException {
            assertThat(endpoint.port()).isEqualTo(2112);
            assertThat(endpoint.apiKey()).isEmpty();
            var count = served.get(endpoint.host());
            if (count == null) {
                throw new WeaviateException.Unreachable(endpoint, "no answer within 3 s");
            }
            return new Traffic(count, Map.of(0.1, 0.0, 0.3, count, Double.POSITIVE_INFINITY, count));
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private Sample sample(Set<Metric> metrics, Basis basis, int nodes) {
        return loads.of(new Target(
                Samples.NAMES,
                metrics,
                IntStream.range(0, nodes)
                        .mapToObj(i -> new Node("db-" + i, "uid-" + i, "10.0.0." + i))
                        .toList(),
                basis,
                "key",
                true,
                false,
                PrometheusSource.Questions.NONE));
    }

    private Reading read(Metric metric, int nodes) {
        return sample(EnumSet.of(metric), BASIS, nodes).readings().get(metric);
    }

    private void usage(String... items) {
        body = "{items: [%s]}".formatted(String.join(",", items)).replace("items", "\"items\"");
    }

    private String item(String pod, String cpu, String memory) {
        return """
                {"metadata": {"name": "%s"}, "timestamp": "%s", "window": "15s", "containers": [
                  {"name": "istio-proxy", "usage": {"cpu": "9", "memory": "9Gi"}},
                  {"name": "weaviate", "usage": {"cpu": "%s", "memory": "%s"}}]}""".formatted(pod, now.minusSeconds(20), cpu, memory);
    }

    @Test
    void comparesWeaviatesOwnUseWithTheRequests() {
        usage(item("db-0", "500m", "524288Ki"), item("db-1", "1500000000n", "1Gi"), item("db-9", "64", "64Gi"));

        var sample = sample(EnumSet.of(Metric.CPU, Metric.MEMORY), BASIS, 2);

        assertThat(sample.readings().get(Metric.CPU)).isEqualTo(new Measured(50));
        assertThat(sample.readings().get(Metric.MEMORY)).isEqualTo(new Measured(75));
        assertThat(sample.peaks()).isEqualTo(Map.of("cpu", 1.5, "memory", (double) (1 << 30)));
        assertThat(asked)
                .containsExactly(
                        "/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods?labelSelector=app.kubernetes.io%2Finstance%3Ddb,app.kubernetes.io%2Fcomponent%3Ddatabase");
    }

    @Test
    void countsASilentPodAsIdleAndSaysSo() {
        usage(item("db-0", "1", "1Gi"));

        assertThat(read(Metric.CPU, 2)).isEqualTo(new AtLeast(25, "metrics.k8s.io has no figures of db-1."));
    }

    @ParameterizedTest
    @CsvSource({
        "404, the API metrics.k8s.io is not served; install metrics-server.",
        "403, metrics.k8s.io cannot be read: HTTP 403.",
        "503, metrics.k8s.io cannot be read: HTTP 503.",
    })
    void saysWhyThereIsNothing(int code, String why) {
        status = code;

        assertThat(read(Metric.CPU, 1)).isEqualTo(new Unreadable(why));
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "\"items\"", "{\"items\": 7}", "{\"items\": [7, null, {}]}", "<html>"})
    void takesNonsenseForNoAnswer(String nonsense) {
        body = nonsense;

        assertThat(read(Metric.CPU, 1)).isInstanceOf(Unreadable.class);
    }

    @Test
    void takesNoNonsenseForAFigure() {
        for (var amount : List.of("much", "-1", "", "1 Gi", "NaN")) {
            usage(item("db-0", amount, "1Gi"));
            assertThat(read(Metric.CPU, 1)).as(amount).isInstanceOf(Unreadable.class);
        }
        usage(item("db-0", "1", "1Gi")
                .replace(now.minusSeconds(20).toString(), now.minusSeconds(200).toString()));
        assertThat(read(Metric.CPU, 1)).as("of long ago").isInstanceOf(Unreadable.class);
        usage(item("db-0", "1", "1Gi").replace(now.minusSeconds(20).toString(), "yesterday"));
        assertThat(read(Metric.CPU, 1)).isInstanceOf(Unreadable.class);
    }

    @Test
    void needsARequestToCompareWith() {
        usage(item("db-0", "1", "1Gi"));

        var sample = sample(EnumSet.of(Metric.CPU), new Basis(Optional.empty(), Optional.empty()), 1);

        assertThat(sample.readings().get(Metric.CPU))
                .isEqualTo(new Unreadable(
                        "spec.resources.requests.cpu is not set, so that there is nothing to compare with."));
    }

    @Test
    void makesRatesOfTwoLooks() {
        served.put("10.0.0.0", 100.0);
        served.put("10.0.0.1", 0.0);
        assertThat(read(Metric.QPS, 2)).isEqualTo(new Unreadable("db-0, db-1 served only now."));

        now = now.plusSeconds(10);
        served.put("10.0.0.0", 200.0);
        served.put("10.0.0.1", 300.0);
        var sample = sample(EnumSet.of(Metric.QPS, Metric.LATENCY), BASIS, 2);
        assertThat(sample.readings().get(Metric.QPS)).isEqualTo(new Measured(20));
        assertThat(sample.readings().get(Metric.LATENCY))
                .isInstanceOfSatisfying(
                        Measured.class, latency -> assertThat(latency.value()).isCloseTo(0.29, within(1e-9)));
        assertThat(asked).as("nobody's CPU matters").isEmpty();
    }

    @Test
    void goesOnWithThePodsThatAnswer() {
        served.put("10.0.0.0", 0.0);
        read(Metric.QPS, 2);
        now = now.plusSeconds(10);
        served.put("10.0.0.0", 400.0);

        assertThat(read(Metric.QPS, 2)).isEqualTo(new AtLeast(20, "10.0.0.1:2112: no answer within 3 s"));
        served.clear();
        assertThat(read(Metric.QPS, 2)).isInstanceOf(Unreadable.class);
        assertThat(read(Metric.QPS, 0)).isEqualTo(new Unreadable("no pod is ready."));
    }

    @Test
    void saysThatTheMetricsAreOff() {
        var off = new Target(
                Samples.NAMES,
                EnumSet.of(Metric.QPS),
                List.of(),
                BASIS,
                "",
                false,
                false,
                PrometheusSource.Questions.NONE);

        assertThat(loads.of(off).readings().get(Metric.QPS))
                .isEqualTo(new Unreadable("spec.monitoring.enabled is false."));
    }
}
