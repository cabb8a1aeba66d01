package dev.heddle.weaviate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.weaviate.WeaviateException.Malformed;
import dev.heddle.weaviate.WeaviateException.Refused;
import dev.heddle.weaviate.WeaviateException.Unreachable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes over the wire ends in a value or in one of three exceptions, and in time. */
@Timeout(30)
class HttpWeaviateApiTest {
    /** Long enough for a slow machine; used where an answer comes. */
    private static final Duration LONG = Duration.ofSeconds(5);
    /** Used where none comes. */
    private static final Duration SHORT = Duration.ofMillis(400);
    /** A request may use its time limit for the connection and again for the answer; the rest is for slow machines. */
    private static final Duration PATIENCE = SHORT.multipliedBy(2).plusSeconds(3);

    private static Vertx vertx;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HttpWeaviateApi api;
    private HttpServer server;
    private Endpoint endpoint;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

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
        api = new HttpWeaviateApi(vertx, LONG, meters);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        endpoint = new Endpoint("127.0.0.1", server.getAddress().getPort(), "key");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void answer(int status, String body) {
        answer(exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private <E extends WeaviateException> E failsWith(Class<E> type) {
        var problem = catchThrowableOfType(WeaviateException.class, () -> api.nodes(endpoint));
        assertThat(problem).isExactlyInstanceOf(type);
        assertThat(problem.getMessage()).startsWith(endpoint.toString()).doesNotContain("Bearer");
        assertThat(meters.get("heddle.weaviate.request")
                        .tag("outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        return type.cast(problem);
    }

    private void failsInTime() {
        api = new HttpWeaviateApi(vertx, SHORT, meters);
        long begin = System.nanoTime();
        failsWith(Unreachable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
    }

    @Test
    void readsNodesAndSendsTheKey() throws Exception {
        answer(exchange -> {
            assertThat(exchange.getRequestURI()).hasToString("/v1/nodes?output=verbose");
            var key = exchange.getRequestHeaders().getFirst("Authorization");
            var body = """
                    {"nodes":[{"name":"%s","status":"HEALTHY","version":"1.35.2","gitHash":"x",
                      "stats":{"shardCount":3,"objectCount":42,"new":{}},"shards":null},
                     {"name":"db-1","status":"TIMEOUT"}]}""".formatted(key).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });

        assertThat(api.nodes(endpoint).nodes())
                .containsExactly(
                        new NodesReply.Node(
                                "Bearer key", "HEALTHY", "1.35.2", new NodesReply.Stats(3, 42), List.of(), null),
                        new NodesReply.Node("db-1", "TIMEOUT", null, null, List.of(), null));
    }

    @Test
    void findsShardsThatTakeNoWrites() throws Exception {
        answer(200, """
                {"nodes":[{"name":"db-0","shards":[
                  {"class":"Books","name":"s1","vectorIndexingStatus":"READONLY","objectCount":3},
                  {"class":"Books","name":"s2","vectorIndexingStatus":"READY"},
                  {"name":"s3","vectorIndexingStatus":"READONLY"},null,{}]}]}""");

        assertThat(api.nodes(endpoint).nodes().getFirst().shards())
                .filteredOn(NodesReply.Shard::readOnly)
                .containsExactly(new NodesReply.Shard("Books", "s1", "READONLY", 3, List.of()));
    }

    @Test
    void setsAShardReady() throws Exception {
        answer(exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("PUT");
            assertThat(exchange.getRequestURI()).hasToString("/v1/schema/Books/shards/a%2Fb%20c");
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(exchange.getRequestBody().readAllBytes()).asString().isEqualTo("{\"status\":\"READY\"}");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        });

        api.setReady(endpoint, "Books", "a/b c");

        assertThat(meters.get("heddle.weaviate.request")
                        .tag("path", "/v1/schema/shards")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void readsStatistics() throws Exception {
        answer(200, """
                {"statistics":[{"name":"db-0","status":"HEALTHY","ready":true,"dbLoaded":true,"leaderId":"db-0",
                  "raft":{"state":"Leader","term":"7","latestConfiguration":[
                    {"id":"db-0","address":"10.0.0.1:8300","suffrage":0},{"id":"db-1","suffrage":1}]}},
                  {"name":"db-1","raft":{}}],"synchronized":true}""");

        var nodes = api.statistics(endpoint).statistics();

        assertThat(nodes).hasSize(2);
        assertThat(nodes.getFirst().raft().latestConfiguration())
                .extracting(StatisticsReply.Server::voter)
                .containsExactly(true, false);
        assertThat(nodes.getLast().ready()).isFalse();
        assertThat(nodes.getLast().raft().latestConfiguration()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"nodes\":null}", "{\"nodes\":[]}", "{\"other\":1}"})
    void takesAnAbsentListForAnEmptyOne(String body) throws Exception {
        answer(200, body);

        assertThat(api.nodes(endpoint).nodes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "<html><body>Welcome to nginx</body></html>",
                "{\"nodes\":[{\"name\":\"db-0\"",
                "[]",
                "\"HEALTHY\"",
                "{\"nodes\":\"none\"}",
                "{\"nodes\":[1]}",
                "{\"nodes\":[{\"name\":{}}]}",
                "{\"nodes\":[{\"stats\":{\"shardCount\":\"many\"}}]}",
                "{\"nodes\":[{\"stats\":{\"objectCount\":99999999999999999999}}]}",
                "\u0000\u0001\u0002",
            })
    void refusesWhatIsNotTheDocumentedReply(String body) {
        answer(200, body);

        assertThat(failsWith(Malformed.class)).hasMessageContaining("/v1/nodes");
    }

    @Test
    void refusesDeepNesting() {
        answer(200, "[".repeat(100_000));

        failsWith(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 401, 403, 404, 429, 500, 501, 503})
    void reportsEveryOtherStatus(int status) {
        answer(status, status == 204 ? "" : "{\"error\":[{\"message\":\"no\"}]}");

        assertThat(failsWith(Refused.class).status()).isEqualTo(status);
    }

    @Test
    void shortensLongErrors() {
        answer(500, "<html>" + "x".repeat(100_000));

        assertThat(failsWith(Refused.class).getMessage()).hasSizeLessThan(400).endsWith("…");
    }

    @Test
    void stopsReadingAnEndlessBody() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var part = new byte[1 << 20];
            for (int sent = 0; sent < 20; sent++) {
                exchange.getResponseBody().write(part);
            }
        });

        failsWith(Unreachable.class);
    }

    @Test
    void reportsARefusedConnection() {
        server.stop(0);

        failsWith(Unreachable.class);
    }

    @Test
    void reportsAHostThatDoesNotExist() {
        endpoint = new Endpoint("no-such-host.invalid", 8080, "key");

        failsWith(Unreachable.class);
    }

    @Test
    void givesUpOnSilence() {
        answer(exchange -> Thread.sleep(10_000));

        failsInTime();
    }

    @Test
    void givesUpOnAServerThatNeverSpeaks() throws IOException {
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = new Endpoint("127.0.0.1", mute.getLocalPort(), "key");

            failsInTime();
        }
    }

    @Test
    void givesUpOnASlowDrip() {
        answer(HttpWeaviateApiTest::drip);

        failsInTime();
    }

    @Test
    void reportsAConnectionThatEndsInTheMiddle() {
        answer(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"nodes\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });

        failsWith(Unreachable.class);
    }

    @Test
    void goesOnAfterSlowReplies() throws Exception {
        server.createContext("/v1/nodes", exchange -> {
            try (exchange) {
                drip(exchange);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        server.createContext("/v1/cluster", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            }
        });
        api = new HttpWeaviateApi(vertx, SHORT, meters);
        for (int round = 0; round < 3; round++) {
            catchThrowableOfType(Unreachable.class, () -> api.nodes(endpoint));
        }

        assertThat(api.statistics(endpoint).statistics()).isEmpty();
    }

    @Test
    void keepsTheKeyOutOfWords() {
        assertThat(endpoint).hasToString("127.0.0.1:" + endpoint.port());
    }

    private static void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        for (int sent = 0; sent < 200; sent++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            Thread.sleep(50);
        }
    }
}
