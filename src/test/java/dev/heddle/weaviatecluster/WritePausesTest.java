package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pause ends, whatever the spec says meanwhile and whoever else is at work. */
@Timeout(30)
class WritePausesTest {
    private static final String ALLOWED = "scaleIn: {writePause: Allowed, maxWritePause: 5m}";
    private static final int IN_TIME = 299;
    private static final int TOO_LATE = 301;

    private final Script weaviate = new Script();
    private WeaviateReport report = new WeaviateReport.NotAsked();

    /** Plays one collection of two shards with a single replica. */
    private static final class Script extends UnaskedWeaviate {
        private final List<String> cancelled = new ArrayList<>();
        private List<String> states = List.of("HYDRATING", "DEHYDRATING");

        @Override
        public SchemaReply schema(Endpoint endpoint) {
            return new SchemaReply(
                    List.of(new SchemaReply.Collection("A", new SchemaReply.Replication(1, false), null)));
        }

        @Override
        public ShardingStateReply shardingState(Endpoint endpoint, String collection) {
            return new ShardingStateReply(new ShardingStateReply.State(
                    collection,
                    Stream.of("0", "1")
                            .map(shard -> new ShardingStateReply.Shard(shard, List.of("db-3")))
                            .toList()));
        }

        @Override
        public OperationsReply operations(Endpoint endpoint) {
            var going = new ArrayList<OperationsReply.Operation>();
            for (int i = 0; i < states.size(); i++) {
                var state = new OperationsReply.Status(states.get(i), List.of());
                going.add(new OperationsReply.Operation("op-" + i, "A", "" + i, "db-3", "db-0", "MOVE", state));
            }
            return new OperationsReply(going);
        }

        @Override
        public void cancel(Endpoint endpoint, String operation) throws WeaviateException {
            cancelled.add(operation);
            throw new WeaviateException.Refused(endpoint, "/cancel", 409, "too late");
        }
    }

    private boolean goesOn(String spec, int seconds) {
        var clock = Clock.fixed(Samples.NOW.plusSeconds(seconds), ZoneOffset.UTC);
        return new WritePauses(weaviate, null, clock).goesOn(cluster(spec, "True"), seen(spec));
    }

    private static WeaviateCluster cluster(String spec, String paused) {
        var cluster = Serialization.unmarshal("""
                        apiVersion: weaviate.io/v1
                        kind: WeaviateCluster
                        metadata: {name: db, namespace: shop, generation: 7}
                        status: {conditions: [{type: WritesPaused, status: "%s", reason: R, lastTransitionTime: "%s"}]}
                        """.formatted(paused, Samples.NOW), WeaviateCluster.class);
        cluster.setSpec(Samples.spec(spec));
        return cluster;
    }

    private ClusterObservation seen(String spec) {
        return new Seen(Samples.spec(spec))
                .with(report)
                .with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: db-0}
                        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
                        """, Pod.class))
                .build();
    }

    @Test
    void goesOnWhileShardsWithASingleReplicaMove() {
        assertThat(goesOn(ALLOWED, IN_TIME)).isTrue();
        assertThat(weaviate.cancelled).isEmpty();

        weaviate.states = List.of("READY", "CANCELLED");
        assertThat(goesOn(ALLOWED, IN_TIME)).isFalse();
    }

    /** No number of nodes is asked for here, and one of them does not answer: the pause ends all the same. */
    @Test
    void cancelsMovesThatTakeTooLong() {
        assertThat(goesOn(ALLOWED, TOO_LATE)).as("one cannot be cancelled").isTrue();
        assertThat(weaviate.cancelled).containsExactly("op-0");
    }

    @Test
    void cancelsMovesThatTheSpecNoLongerPermits() {
        assertThat(goesOn("scaleIn: {writePause: Never}", IN_TIME)).isTrue();
        assertThat(weaviate.cancelled).containsExactly("op-0");
    }

    @Test
    void leavesThePausesOfOthersAlone() {
        var paused = new WeaviateReport.Node("db-0", "1.35.2", "HEALTHY", 1, 0, List.of(), true);
        report = new WeaviateReport.Answered(List.of(paused), List.of());
        var clock = Clock.fixed(Samples.NOW.plusSeconds(TOO_LATE), ZoneOffset.UTC);

        new WritePauses(weaviate, null, clock).goesOn(cluster("", "False"), seen(""));

        assertThat(weaviate.cancelled).isEmpty();
    }

    @Test
    void endsItWithoutASpecByTheOneLineThatPauses() throws IOException {
        assertThat(ended("autoschema_enabled: false\noperational_mode: ScaleOut\n"))
                .containsExactly("GET", "PATCH {\"data\":{\"overrides.yaml\":\"autoschema_enabled: false\\n\"}}");
        assertThat(ended("autoschema_enabled: false\n")).containsExactly("GET");
    }

    private List<String> ended(String file) throws IOException {
        var map = Serialization.asJson(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "db-runtime", "namespace", "shop"),
                "data",
                Map.of("overrides.yaml", file)));
        var asked = new ArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/namespaces/shop/configmaps/db-runtime", exchange -> {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add((exchange.getRequestMethod() + " " + sent).strip());
            var bytes = map.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        var url = "http://%s:%d"
                .formatted(
                        server.getAddress().getHostString(), server.getAddress().getPort());
        try (var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl(url)
                        .build())
                .build()) {
            new WritePauses(weaviate, client, Clock.fixed(Samples.NOW, ZoneOffset.UTC)).end(Samples.NAMES);
        } finally {
            server.stop(0);
        }
        return asked;
    }
}
