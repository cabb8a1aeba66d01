package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.VerticalScalingStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of the API server for a pod that has not its grown size, and what becomes of a refusal. */
@Timeout(30)
class PodResizingTest {
    private static final String SPEC = """
            resources: {requests: {memory: 1Gi}, limits: {memory: 2Gi}}
            autoScaling: {enabled: true, maxReplicas: 2, targetQPS: 1, vertical: {enabled: %s, maxAllowed: {memory: 8Gi}}}""";

    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String body = "{}";
    private HttpServer server;
    private KubernetesClient client;
    private PodResizing resizing;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
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
        resizing = new PodResizing(client, Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private static Pod pod(String more) {
        return Serialization.unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: db-0, namespace: shop, uid: u0}
                        status: {containerStatuses: [{name: weaviate, resources: {requests: {memory: 1Gi}, limits: {memory: 2Gi}}}]%s}
                        """.formatted(more), Pod.class);
    }

    private List<Finding> step(boolean enabled, Pod pod) {
        var seen = new Seen(Samples.spec(SPEC.formatted(enabled))).with(pod);
        var known = new AutoScalingStatus(
                1, "", null, null, new VerticalScalingStatus(Map.of("memory", new Quantity("3Gi")), null));
        return resizing.step(Samples.plan(seen), seen.build(), Optional.of(known));
    }

    @Test
    void asksOnceForTheGrownSizeWithItsLimit() {
        assertThat(step(true, pod(""))).isEmpty();
        assertThat(step(true, pod(""))).isEmpty();

        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("PATCH /api/v1/namespaces/shop/pods/db-0/resize application/strategic-merge-patch+json {")
                .contains("\"name\":\"weaviate\"")
                .contains("{\"limits\":{\"memory\":\"6144Mi\"},\"requests\":{\"memory\":\"3072Mi\"}}");
    }

    @Test
    void asksForNothingWhereThereIsNothingToGrow() {
        step(false, pod(""));
        var large = pod("");
        large.getStatus()
                .getContainerStatuses()
                .getFirst()
                .setResources(Serialization.unmarshal(
                        "requests: {memory: 4Gi}\nlimits: {memory: 8Gi}",
                        io.fabric8.kubernetes.api.model.ResourceRequirements.class));
        step(true, large);

        assertThat(asked).isEmpty();
    }

    @Test
    void saysWhatTheApiServerSays() {
        status = 422;
        body = "{\"kind\": \"Status\", \"message\": \"Pod QOS Class may not change\"}";

        var first = step(true, pod(""));
        assertThat(step(true, pod(""))).isEqualTo(first);
        assertThat(first).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("ResizeRefused");
            assertThat(finding.message()).contains("db-0").contains("Pod QOS Class may not change.");
        });
        assertThat(asked).hasSize(1);
    }

    @Test
    void livesWithWhatIsNoAnswer() {
        status = 404;
        body = "404 page not found";
        assertThat(step(true, pod(""))).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("HTTP 404")
                .contains("1.33"));
    }

    @Test
    void saysWhatKubeletSays() {
        var pending =
                pod(", conditions: [{type: PodResizePending, status: 'True', reason: Deferred, message: 'no room'}]");

        assertThat(step(true, pending)).singleElement().satisfies(finding -> assertThat(
                        finding.reason() + " " + finding.message())
                .isEqualTo("ResizePending db-0 cannot grow in place (Deferred): no room."));
    }
}
