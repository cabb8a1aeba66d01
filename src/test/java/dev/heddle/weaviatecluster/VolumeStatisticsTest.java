package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.core.common.Names;
import dev.heddle.core.storage.Disks;
import dev.heddle.core.storage.Disks.Usage;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubelet says becomes free space or a reason, in time, whatever it is. */
@Timeout(30)
class VolumeStatisticsTest {
    private static final Names NAMES = new Names("shop", "db");
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private Instant now = START;
    private int status = 200;
    private String body = "{}";
    private HttpServer server;
    private KubernetesClient client;
    private VolumeStatistics statistics;

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
        statistics = new VolumeStatistics(client, true, clock());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void takesFiguresYoungerThanTheVolumesSize() {
        measured(START.minusSeconds(1), 1000, 300);
        assertThat(look("10Gi").usage()).as("it may have grown since").isEmpty();

        now = START.plusSeconds(20);
        measured(START.plusSeconds(15), 1000, 200);
        assertThat(look("10Gi")).isEqualTo(disks(1000, 200));

        now = START.plusSeconds(40);
        assertThat(look("20Gi").usage())
                .as("it grew, and was not measured again")
                .isEmpty();

        now = START.plusSeconds(80);
        measured(START.plusSeconds(75), 2000, 1200);
        assertThat(look("20Gi")).isEqualTo(disks(2000, 1200));
        assertThat(asked).containsOnly("/api/v1/nodes/worker/proxy/stats/summary");
    }

    @Test
    void looksOnceForManyClusters() {
        look("10Gi");
        look("10Gi");

        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 503})
    void saysThatKubeletCannotBeRead(int code) {
        status = code;

        assertThat(look("10Gi").problem())
                .contains("kubelet's statistics of node worker cannot be read: HTTP %d.".formatted(code));
        assertThat(asked).as("others wait").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not JSON",
                "{\"pods\": 7}",
                "{\"pods\": [{\"volume\": [{\"pvcRef\": {\"name\": \"data-db-0\", \"namespace\": \"shop\"}}]}]}",
                "{\"pods\": [{\"volume\": [{\"capacityBytes\": 0, \"availableBytes\": 0, \"time\": \"2027-01-01T00:00:00Z\", \"pvcRef\": {\"name\": \"data-db-0\", \"namespace\": \"shop\"}}]}]}",
                "{\"pods\": [{\"volume\": [{\"capacityBytes\": 9, \"availableBytes\": 3, \"time\": \"soon\", \"pvcRef\": {\"name\": \"data-db-0\", \"namespace\": \"shop\"}}]}]}"
            })
    void knowsNothingFromNonsense(String nonsense) {
        body = nonsense;
        assertThat(look("10Gi").usage()).isEmpty();

        now = START.plusSeconds(300);
        assertThat(look("10Gi").problem()).isPresent();
    }

    @Test
    void asksNobodyInSingleNamespaces() {
        statistics = new VolumeStatistics(client, false, clock());

        assertThat(look("10Gi").problem().orElseThrow()).contains("single namespaces");
        assertThat(asked).isEmpty();
    }

    private Disks look(String capacity) {
        return statistics.of(NAMES, List.of(pod()), List.of(claim(capacity)));
    }

    private static Disks disks(long capacity, long available) {
        return new Disks(Map.of("data-db-0", new Usage(capacity, available)), java.util.Optional.empty());
    }

    private void measured(Instant at, long capacity, long available) {
        body = """
                {"node": {}, "pods": [{"podRef": {"name": "other"}}, {"volume": [{"time": "%s", "capacityBytes": %d,
                  "availableBytes": %d, "name": "data", "pvcRef": {"name": "data-db-0", "namespace": "shop"}},
                  {"name": "tmp", "capacityBytes": 1}]}]}""".formatted(at, capacity, available);
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("db-0")
                .endMetadata()
                .withNewSpec()
                .withNodeName("worker")
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(String capacity) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-db-0")
                .endMetadata()
                .withNewSpec()
                .withNewResources()
                .addToRequests("storage", new Quantity(capacity))
                .endResources()
                .endSpec()
                .withNewStatus()
                .addToCapacity("storage", new Quantity(capacity))
                .endStatus()
                .build();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
