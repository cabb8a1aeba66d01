package dev.heddle.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.HttpWeaviateApi;
import dev.heddle.weaviate.HttpWeaviateBackups;
import dev.heddle.weaviate.WeaviateException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a cluster's answers, over HTTP. */
@Timeout(30)
class TargetClusterTest {
    private static final String STATE = "/v1/replication/sharding-state";

    private record Answer(int status, String body) {}

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Answer> answers = new HashMap<>();
    private HttpServer server;
    private TargetCluster target;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, ""));
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var node = new Endpoint("127.0.0.1", server.getAddress().getPort(), "key");
        var meters = new SimpleMeterRegistry();
        var patience = Duration.ofSeconds(2);
        target = new TargetCluster(
                new HttpWeaviateApi(vertx, patience, meters), new HttpWeaviateBackups(vertx, patience, meters), node);
        answers.put("/v1/schema", new Answer(200, """
                {"classes": [{"class": "Books"}, {"class": "Other"}]}"""));
        answers.put("/v1/nodes", new Answer(200, """
                {"nodes": [
                  {"name": "db-0", "status": "HEALTHY", "shards": [
                    {"class": "Books", "name": "s1", "objectCount": 7, "vectorIndexingStatus": "READY"},
                    {"class": "Books", "name": "s2", "objectCount": 0, "vectorIndexingStatus": "LAZY_LOADING"}]},
                  {"name": "db-1", "status": "HEALTHY", "shards": [
                    {"class": "Books", "name": "s1", "objectCount": 6, "vectorIndexingStatus": "READY"}]}]}"""));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close();
    }

    @Test
    void placesAreThoseOfTheSchema() throws WeaviateException {
        answers.put(STATE, new Answer(200, """
                {"shardingState": {"collection": "Books", "shards": [
                  {"shard": "s1", "replicas": ["db-0", "db-2"]}, {"shard": "s2", "replicas": ["db-0"]}]}}"""));
        var arrived = target.arrived(List.of("Books", "Gone"));
        assertThat(arrived.replicas())
                .isEqualTo(Map.of("Books", Map.of("s1", Set.of("db-0", "db-2"), "s2", Set.of("db-0"))));
        assertThat(arrived.counts()).isEqualTo(Map.of("Books", Map.of("s1", Map.of("db-0", 7L, "db-1", 6L))));
        assertThat(arrived.aliases()).isEmpty();
    }

    /** Before 1.32.0, and where replicas may not move. */
    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void whereTheSchemaCannotBeAskedTheNodesTell(int status) throws WeaviateException {
        answers.put(STATE, new Answer(status, ""));
        assertThat(target.arrived(List.of("Books")).replicas())
                .isEqualTo(Map.of("Books", Map.of("s1", Set.of("db-0", "db-1"), "s2", Set.of("db-0"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 422, 500, 503})
    void whatElseIsRefusedIsNoAnswer(int status) {
        answers.put(STATE, new Answer(status, "{\"error\":[{\"message\":\"no\"}]}"));
        assertThatThrownBy(() -> target.arrived(List.of("Books"))).isInstanceOf(WeaviateException.class);
    }
}
