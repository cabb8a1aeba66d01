package dev.heddle.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredVector;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server answers becomes objects or one of the exceptions. */
@Timeout(30)
class RestChannelsTest {
    private static final Place PLACE = Place.of("A", "t\"1");
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final CollectionShape SHAPE = new CollectionShape(
            "A",
            true,
            List.of(new CollectionShape.Property("by", List.of("B"), List.of())),
            Map.of("", false, "mv", true));
    private static final String OBJECT = """
            {"objects":[{"class":"A","id":"%s","creationTimeUnix":1,"lastUpdateTimeUnix":2,
            "properties":{"title":"x","gone":null,"by":[{"beacon":"weaviate://localhost/B/1","href":"/v1"}]},
            "vector":[0.1,-1e-30,3],"vectors":{"mv":[[1,2],[3,4]],"none":[]},"vectorWeights":null}],"totalResults":1}""".formatted(ID);

    private static Vertx vertx;
    private HttpServer server;
    private volatile int status = 200;
    private volatile String reply = "";
    private volatile String asked = "";
    private volatile String sent = "";
    private volatile String key = "";
    private RestObjects objects;
    private RestSchema schema;

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
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            key = exchange.getRequestHeaders().getFirst("Authorization");
            sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var body = reply.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var rest = new RestClient(vertx, new Access(url, url, "secret", Optional.empty(), false), 2);
        objects = new RestObjects(rest);
        schema = new RestSchema(rest, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        objects.close();
        server.stop(0);
    }

    @Test
    void anObjectThereAndBack() throws MigrationException {
        reply = OBJECT;
        var read = objects.read(SHAPE, PLACE, Optional.of(ID), 10);
        assertThat(asked).contains("after=" + ID, "limit=10", "tenant=t%221", "include=vector");
        assertThat(key).isEqualTo("Bearer secret");
        var object = read.getFirst();
        assertThat(object.properties()).hasToString("{\"title\":\"x\"}");
        assertThat(object.references()).containsEntry("by", List.of("weaviate://localhost/B/1"));
        assertThat(object.vectors())
                .containsEntry("", new StoredVector.Single(new float[] {0.1f, -1e-30f, 3}))
                .containsEntry("mv", new StoredVector.Multi(new float[][] {{1, 2}, {3, 4}}))
                .hasSize(2);
        reply = "[{\"id\":\"%s\",\"vector\":[1],\"result\":{\"status\":\"SUCCESS\"}}]".formatted(ID);
        assertThat(objects.write(SHAPE, PLACE, read).errors()).isEmpty();
        assertThat(sent)
                .contains("\"tenant\":\"t\\\"1\"", "\"properties\":{\"title\":\"x\"}", "\"vector\":[0.1,-1.0E-30,3.0]")
                .doesNotContain("beacon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"objects\":{}}",
                "{\"objects\":[1]}",
                "{\"objects\":[{}]}",
                "{\"objects\":[{\"id\":\"nope\"}]}",
                "{\"objects\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"properties\":[]}]}",
                "{\"objects\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"vector\":[\"x\"]}]}",
                "{\"objects\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"vector\":{}}]}",
                "{\"objects\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"vectors\":[1]}]}",
                "{\"objects\":[{\"id\":\"00000000-0000-4000-8000-000000000001\",\"vector\":[1"
            })
    void nonsenseInsteadOfObjects(String nonsense) {
        reply = nonsense;
        assertThat(catchThrowableOfType(
                        MigrationException.Malformed.class, () -> objects.read(SHAPE, PLACE, Optional.empty(), 10)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "[1]",
                "[{}]",
                "[{\"result\":{}}]",
                "[{\"result\":{\"status\":\"SUCCESS\"}},{\"result\":{\"status\":\"SUCCESS\"}}]"
            })
    void nonsenseInsteadOfResults(String nonsense) throws MigrationException {
        reply = OBJECT;
        var read = objects.read(SHAPE, PLACE, Optional.empty(), 1);
        reply = nonsense;
        assertThat(catchThrowableOfType(MigrationException.Malformed.class, () -> objects.write(SHAPE, PLACE, read)))
                .isNotNull();
    }

    @Test
    void refusalsOfItems() throws MigrationException {
        reply = OBJECT;
        var read = objects.read(SHAPE, PLACE, Optional.empty(), 1);
        reply = "[{\"result\":{\"status\":\"FAILED\",\"errors\":{\"error\":[{\"message\":\"too long\"}]}}}]";
        assertThat(objects.write(SHAPE, PLACE, read).errors()).containsEntry(ID, "too long");
    }

    @ParameterizedTest
    @CsvSource({
        "401, Denied",
        "403, Denied",
        "404, Refused",
        "422, Refused",
        "429, Busy",
        "500, Busy",
        "503, Busy",
        "301, Refused"
    })
    void statuses(int code, String kind) {
        status = code;
        reply = "{\"error\":[{\"message\":\"no\"}]}";
        var problem =
                catchThrowableOfType(MigrationException.class, () -> objects.read(SHAPE, PLACE, Optional.empty(), 10));
        assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(problem.getMessage()).doesNotContain("secret").contains("HTTP " + code);
    }

    @Test
    void aFullDiskPasses() {
        status = 422;
        reply = "store is read-only due to: disk usage too high";
        var problem = catchThrowableOfType(MigrationException.class, () -> objects.count(PLACE));
        assertThat(problem.passing()).isTrue();
    }

    @Test
    void graphQlSaysNoWithStatus200() throws MigrationException {
        reply = "{\"errors\":[{\"message\":\"Cannot query field\"}]}";
        assertThat(catchThrowableOfType(MigrationException.Refused.class, () -> objects.count(PLACE)))
                .isNotNull();
        reply = "{\"data\":{\"Get\":{\"A\":null}}}";
        assertThat(catchThrowableOfType(
                        MigrationException.Malformed.class, () -> objects.ids(PLACE, Optional.empty(), 5)))
                .isNotNull();
        reply = "{\"data\":{\"Get\":{\"A\":[{\"_additional\":{\"id\":\"%s\",\"lastUpdateTimeUnix\":\"7\"}}]}}}"
                .formatted(ID);
        assertThat(objects.ids(PLACE, Optional.empty(), 5).getFirst().updated()).isEqualTo(7);
        assertThat(sent).contains("tenant:\\\"t\\\\\\\"1\\\"");
    }

    @Test
    void aServerThatIsNoWeaviate() {
        reply = "{}";
        assertThat(catchThrowableOfType(MigrationException.Malformed.class, schema::info))
                .hasMessageContaining("no Weaviate");
    }

    @Test
    void aServerThatIsGone() {
        server.stop(0);
        assertThat(catchThrowableOfType(MigrationException.Unreachable.class, schema::info))
                .isNotNull();
    }
}
