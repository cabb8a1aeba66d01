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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The questions of an upgrade: backups, counts, and whether all nodes have the same log. */
@Timeout(30)
class UpgradeOverHttpTest {
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
                asked = "%s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
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
    void beginsABackup() throws WeaviateException {
        answer(200, "{\"backend\":\"s3\",\"id\":\"b-1\",\"path\":\"s3://x\",\"status\":\"STARTED\"}");
        api.backUp(endpoint, "s3", "b-1");
        assertThat(asked).isEqualTo("POST /v1/backups/s3 {\"id\":\"b-1\"}");
    }

    @Test
    void tellsWhyABackupWasNotBegun() {
        answer(422, "{\"error\":[{\"message\":\"backup \\\"b-1\\\" already exists\"}]}");
        var refused = fails(Refused.class, () -> api.backUp(endpoint, "s3", "b-1"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused).hasMessageContaining("already exists");
    }

    @Test
    void readsHowFarABackupIs() throws WeaviateException {
        answer(200, "{\"backend\":\"s3\",\"id\":\"b-1\",\"status\":\"FAILED\",\"error\":\"no bucket\",\"size\":0.14}");
        assertThat(api.backup(endpoint, "s3", "b-1")).isEqualTo(new BackupReply("b-1", "FAILED", "no bucket", null));
        assertThat(asked).isEqualTo("GET /v1/backups/s3/b-1 ");
    }

    @Test
    void listsBackups() throws WeaviateException {
        answer(
                200,
                "[{\"classes\":[\"A\"],\"id\":\"b-1\",\"startedAt\":\"2026-01-02T03:04:05.678Z\",\"status\":\"STARTED\"}]");
        assertThat(api.backups(endpoint, "s3"))
                .containsExactly(new BackupReply("b-1", "STARTED", null, "2026-01-02T03:04:05.678Z"));
        assertThat(asked).isEqualTo("GET /v1/backups/s3 ");
    }

    @Test
    void tellsWhyNoBackupsAreListed() {
        answer(422, "{\"error\":[{\"message\":\"no bucket\"}]}");
        fails(Refused.class, () -> api.backups(endpoint, "s3"));
    }

    @Test
    void refusesWhatIsNoListOfBackups() {
        answer(200, "{\"id\":1}");
        fails(WeaviateException.Malformed.class, () -> api.backups(endpoint, "s3"));
    }

    @Test
    void readsACount() throws WeaviateException {
        answer(200, "{\"data\":{\"Aggregate\":{\"Books\":[{\"meta\":{\"count\":7127}}]}}}");
        assertThat(api.count(endpoint, "Books")).isEqualTo(7127);
        assertThat(asked).isEqualTo("POST /v1/graphql {\"query\":\"{Aggregate{Books{meta{count}}}}\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"Aggregate\":null},\"errors\":[{\"message\":\"inconsistent consistency levels\"}]}",
                "{\"data\":{\"Aggregate\":{\"Books\":[]}}}",
                "{\"data\":{\"Aggregate\":{\"Books\":[{\"meta\":{\"count\":\"many\"}}]}}}",
                "[]",
                "{",
            })
    void doesNotTakeAnErrorForACount(String body) {
        answer(200, body);
        fails(Malformed.class, () -> api.count(endpoint, "Books"));
    }

    @Test
    void readsWhetherAllHaveTheSameLog() throws WeaviateException {
        answer(200, "{\"statistics\":[],\"synchronized\":false}");
        assertThat(api.statistics(endpoint).inSync()).isFalse();
    }

    @Test
    void readsWhetherReplicasRepairThemselves() throws WeaviateException {
        answer(
                200,
                "{\"classes\":[{\"class\":\"A\",\"replicationConfig\":{\"factor\":3,\"asyncEnabled\":true,\"deletionStrategy\":\"NoAutomatedResolution\"}},{\"class\":\"B\",\"replicationConfig\":{\"factor\":3}},{\"class\":\"C\"}]}");
        assertThat(api.schema(endpoint).classes())
                .extracting(SchemaReply.Collection::converges)
                .containsExactly(true, false, false);
    }
}
