package dev.heddle.weaviate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.weaviate.WeaviateException.Malformed;
import dev.heddle.weaviate.WeaviateException.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The questions of a scale: what is sent, and what becomes of good and bad replies. */
@Timeout(30)
class ReplicationOverHttpTest {
    private static Vertx vertx;

    private HttpWeaviateApi api;
    private HttpServer server;
    private Endpoint endpoint;
    private volatile String asked;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    @BeforeEach
    void start() throws IOException {
        api = new HttpWeaviateApi(vertx, Duration.ofSeconds(5), new SimpleMeterRegistry());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        endpoint = new Endpoint("127.0.0.1", server.getAddress().getPort(), "key");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(int status, String body) {
        server.createContext("/", exchange -> {
            try (exchange) {
                asked = "%s %s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                exchange.getRequestHeaders().getFirst("Authorization"),
                                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    private static <E extends WeaviateException> E fails(Class<E> type, ThrowingCallable call) {
        var problem = catchThrowableOfType(WeaviateException.class, call);
        assertThat(problem).isExactlyInstanceOf(type);
        return type.cast(problem);
    }

    @Test
    void readsTheSchema() throws Exception {
        answer(200, """
                {"classes":[{"class":"A","replicationConfig":{"factor":3,"asyncEnabled":true},
                   "multiTenancyConfig":{"enabled":true},"vectorizer":"none"},
                 {"class":"B","replicationConfig":{"factor":0}}, null, {"class":"C"}]}""");

        var classes = api.schema(endpoint).classes();

        assertThat(asked).startsWith("GET /v1/schema Bearer key");
        assertThat(classes)
                .extracting(SchemaReply.Collection::name, SchemaReply.Collection::factor)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A", 3),
                        org.assertj.core.groups.Tuple.tuple("B", 1),
                        org.assertj.core.groups.Tuple.tuple("C", 1));
        assertThat(classes).extracting(SchemaReply.Collection::multiTenant).containsExactly(true, false, false);
    }

    @Test
    void readsWhereTheShardsAre() throws Exception {
        answer(200, """
                {"shardingState":{"collection":"A","shards":[{"shard":"x","replicas":["db-0",null,"db-1"]},
                  {"shard":"y","replicas":null}, null]}}""");

        var state = api.shardingState(endpoint, "A&b=c d").shardingState();

        assertThat(asked).startsWith("GET /v1/replication/sharding-state?collection=A%26b%3Dc%20d Bearer key");
        assertThat(state.shards())
                .containsExactly(
                        new ShardingStateReply.Shard("x", List.of("db-0", "db-1")),
                        new ShardingStateReply.Shard("y", List.of()));
    }

    @Test
    void readsWhatGoesOn() throws Exception {
        answer(200, """
                [{"id":"1","collection":"A","shard":"x","sourceNode":"db-3","targetNode":"db-0","type":"MOVE",
                  "uncancelable":true,"status":{"errors":[{"message":"full"}],"state":"HYDRATING"}},{"id":"2"},null]""");

        var operations = api.operations(endpoint).operations();

        assertThat(operations).hasSize(2);
        assertThat(operations.getFirst().status())
                .isEqualTo(new OperationsReply.Status("HYDRATING", List.of(new OperationsReply.Failure("full"))));
        assertThat(operations.getLast().status()).isNull();
    }

    @Test
    void beginsAMove() throws Exception {
        answer(200, "{\"id\":\"6daba27c\"}");

        api.replicate(endpoint, new ReplicationRequest("A", "x", "db-3", "db-0", "MOVE"));

        assertThat(asked)
                .startsWith("POST /v1/replication/replicate Bearer key {")
                .contains("\"collection\":\"A\"", "\"shard\":\"x\"", "\"sourceNode\":\"db-3\"")
                .contains("\"targetNode\":\"db-0\"", "\"type\":\"MOVE\"");
    }

    @Test
    void removesANodeAsItsPeersWould() throws Exception {
        answer(200, "");
        var peer = new PeerEndpoint("127.0.0.1", endpoint.port(), "cluster", "secret");

        api.removeNode(peer, "db-3");

        assertThat(asked).isEqualTo("POST /v1/cluster/remove Basic Y2x1c3RlcjpzZWNyZXQ= {\"node\":\"db-3\"}");
        assertThat(peer.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "<html>", "{", "{\"classes\":1}", "{\"classes\":[{\"class\":[]}]}", "[]"})
    void refusesABadSchema(String body) {
        answer(200, body);

        fails(Malformed.class, () -> api.schema(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "<html>", "[", "[1]", "{\"operations\":1}", "[{\"status\":7}]", "\"x\""})
    void refusesABadListOfOperations(String body) {
        answer(200, body);

        fails(Malformed.class, () -> api.operations(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"shardingState\":[]}", "{\"shardingState\":{\"shards\":{}}}"})
    void refusesABadShardingState(String body) {
        answer(200, body);

        fails(Malformed.class, () -> api.shardingState(endpoint, "A"));
    }

    /** Weaviate refuses a definition that lacks what it had. */
    @Test
    void switchesAsynchronousReplicationOnAndKeepsTheRest() throws Exception {
        answer(200, "{\"class\":\"A\",\"replicationConfig\":{\"factor\":3,\"x\":[1]},\"later\":{\"y\":null}}");

        api.replicateAsynchronously(endpoint, "A");

        assertThat(asked)
                .isEqualTo(
                        "PUT /v1/schema/A Bearer key {\"class\":\"A\",\"replicationConfig\":{\"factor\":3,\"x\":[1],\"asyncEnabled\":true},\"later\":{\"y\":null}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"replicationConfig\":null}", "{\"replicationConfig\":3}"})
    void changesNothingOfABadDefinition(String body) {
        answer(200, body);

        fails(Malformed.class, () -> api.replicateAsynchronously(endpoint, "A"));
        assertThat(asked).startsWith("GET ");
    }

    @Test
    void cancels() throws Exception {
        answer(204, "");

        api.cancel(endpoint, "a/b");

        assertThat(asked).startsWith("POST /v1/replication/replicate/a%2Fb/cancel Bearer key");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 403, 404, 409, 422, 500, 501})
    void reportsThatItWasNotCancelled(int status) {
        answer(status, "no");

        assertThat(fails(Refused.class, () -> api.cancel(endpoint, "a")).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 422, 500, 501, 503})
    void reportsEveryOtherStatus(int status) {
        answer(status, status == 204 ? "" : "no");

        assertThat(fails(Refused.class, () -> api.operations(endpoint)).status())
                .isEqualTo(status);
        assertThat(fails(
                                Refused.class,
                                () -> api.replicate(endpoint, new ReplicationRequest("A", "x", "a", "b", "MOVE")))
                        .status())
                .isEqualTo(status);
        assertThat(fails(
                                Refused.class,
                                () -> api.removeNode(new PeerEndpoint("127.0.0.1", endpoint.port(), "u", "p"), "n"))
                        .status())
                .isEqualTo(status);
    }
}
