package dev.heddle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.registry.LocalRegistry.Access;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a registry answers ends in a value or in one exception, and in time. */
@Timeout(30)
class HttpRegistryTest {
    private static final Repository REPOSITORY = new Repository("registry.example.com", "team/weaviate");
    private static final Optional<Login> ADA = Optional.of(new Login("ada", "secret"));
    private static final Optional<Login> NOBODY = Optional.empty();
    private static Vertx vertx;

    private LocalRegistry server;
    private HttpRegistry registry;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    @BeforeEach
    void start() {
        server = new LocalRegistry(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        registry = at("http://" + server.address(), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HttpRegistry at(String address, Duration timeout) {
        return new HttpRegistry(
                vertx, Addresses.of(List.of("registry.example.com=" + address)), timeout, Clock.systemUTC());
    }

    @Test
    void readsTagsPageByPage() throws RegistryException {
        server.put("/v2/team/weaviate/tags/list?n=1000", "{\"tags\":[\"1.34.9\",\"1.35.2\"]}");
        server.put(
                "link:/v2/team/weaviate/tags/list?n=1000", "</v2/team/weaviate/tags/list?last=x&n=1000>; rel=\"next\"");
        server.put("/v2/team/weaviate/tags/list?last=x&n=1000", "{\"tags\":[\"1.36.0\"]}");

        assertThat(registry.tags(REPOSITORY, NOBODY)).containsExactly("1.34.9", "1.35.2", "1.36.0");
    }

    /** A registry that goes on for ever, or sends elsewhere, is left. */
    @Test
    void readsNoEndlessTags() throws RegistryException {
        server.put("/v2/team/weaviate/tags/list?n=1000", "{\"tags\":[\"1\"]}");
        server.put("link:/v2/team/weaviate/tags/list?n=1000", "</v2/team/weaviate/tags/list?n=1000>; rel=\"next\"");
        assertThat(registry.tags(REPOSITORY, NOBODY)).hasSize(20);
        server.put("link:/v2/team/weaviate/tags/list?n=1000", "<http://127.0.0.2:1/>; rel=\"next\"");
        assertThat(registry.tags(REPOSITORY, NOBODY)).hasSize(1);
    }

    @Test
    void readsManifestsAndBlobs() throws RegistryException {
        var digest = server.manifest("team/weaviate", "1.35.2", "{\"layers\":[]}");
        var blob = server.blob("team/weaviate", new byte[] {1, 2, 3});

        assertThat(registry.manifest(REPOSITORY, "1.35.2", NOBODY))
                .hasValueSatisfying(found -> assertThat(found.digest()).isEqualTo(digest));
        assertThat(registry.manifest(REPOSITORY, digest, NOBODY)).isPresent();
        assertThat(registry.manifest(REPOSITORY, "1.36.0", NOBODY)).isEmpty();
        assertThat(registry.blob(REPOSITORY, blob, NOBODY).bytes()).containsExactly(1, 2, 3);
        assertThat(registry.referrers(REPOSITORY, digest, NOBODY)).isEmpty();
    }

    @Test
    void refusesContentOfAnotherDigest() {
        var blob = server.blob("team/weaviate", new byte[] {1, 2, 3});
        server.put("/v2/team/weaviate/blobs/" + blob, "something else");

        assertThat(failing(() -> registry.blob(REPOSITORY, blob, NOBODY)).passing())
                .isFalse();
    }

    @Test
    void followsRedirectsWithoutTheLogin() throws RegistryException {
        var bytes = "x".getBytes(StandardCharsets.UTF_8);
        var digest = server.blob("team/weaviate", bytes);
        try (var store = new LocalRegistry(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            store.access(Access.EVERYBODY);
            store.put("/store/1", "x");
            server.put("/v2/team/weaviate/blobs/" + digest, "-> http://%s/store/1".formatted(store.address()));
            assertThat(registry.blob(REPOSITORY, digest, ADA).bytes()).isEqualTo(bytes);
            // Who asks with a login there is refused: it is not the store's.
            store.access(Access.BASIC);
            server.access(Access.BASIC);
            assertThat(failing(() -> registry.blob(REPOSITORY, digest, ADA))).hasMessageContaining("401");
        }
        server.access(Access.EVERYBODY);
        server.put("/v2/team/weaviate/blobs/" + digest, "-> /v2/team/weaviate/blobs/" + digest);
        assertThat(failing(() -> registry.blob(REPOSITORY, digest, NOBODY))).hasMessageContaining("307");
        server.put("/v2/team/weaviate/blobs/" + digest, "-> ::no address");
        assertThat(failing(() -> registry.blob(REPOSITORY, digest, NOBODY))).hasMessageContaining("address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASIC", "TOKEN"})
    void logsIn(Access access) throws RegistryException {
        server.tags("team/weaviate", "1.35.2");
        server.access(access);

        assertThat(registry.tags(REPOSITORY, ADA)).containsExactly("1.35.2");
        assertThat(registry.tags(REPOSITORY, ADA)).containsExactly("1.35.2");
        assertThat(server.asked().stream().filter(path -> path.startsWith("/token")))
                .as("one token for both")
                .hasSizeLessThan(2);
        assertThat(failing(() -> registry.tags(REPOSITORY, NOBODY)).passing()).isFalse();
        assertThat(failing(() -> registry.tags(REPOSITORY, Optional.of(new Login("ada", "wrong")))))
                .message()
                .doesNotContain("wrong");
    }

    @Test
    void tellsWhatPassesFromWhatDoesNot() throws IOException {
        assertThat(failing(() -> registry.tags(REPOSITORY, NOBODY)).passing())
                .as("404")
                .isFalse();
        server.broken(true);
        assertThat(failing(() -> registry.tags(REPOSITORY, NOBODY)).passing())
                .as("500")
                .isTrue();
        server.broken(false);
        server.put("/v2/team/weaviate/tags/list", "<html>");
        assertThat(failing(() -> registry.tags(REPOSITORY, NOBODY))).hasMessageContaining("not JSON");
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var slow = at("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(300));
            assertThat(failing(() -> slow.tags(REPOSITORY, NOBODY)).passing()).isTrue();
        }
        var nobody = at("http://127.0.0.1:1", Duration.ofSeconds(2));
        assertThat(failing(() -> nobody.tags(REPOSITORY, NOBODY)).passing()).isTrue();
    }

    @Test
    void readsNoMoreThanItCanHold() {
        server.put("/v2/team/weaviate/manifests/1.35.2", "x".repeat(5 << 20));

        assertThat(failing(() -> registry.manifest(REPOSITORY, "1.35.2", NOBODY)))
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Negotiate",
                "Bearer",
                "Bearer realm=\"::\"",
                "Bearer realm=\"ftp://x/\"",
                "Bearer realm=\"/token\""
            })
    void refusesAChallengeThatItDoesNotKnow(String how) throws IOException {
        try (var odd = new Challenging(how)) {
            assertThat(failing(() ->
                            at("http://" + odd.address(), Duration.ofSeconds(2)).tags(REPOSITORY, ADA)))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "weaviate, docker.io, library/weaviate",
        "semitechnologies/weaviate, docker.io, semitechnologies/weaviate",
        "cr.weaviate.io/semitechnologies/weaviate, cr.weaviate.io, semitechnologies/weaviate",
        "localhost/weaviate, localhost, weaviate",
        "registry:5000/a/b/c, registry:5000, a/b/c",
    })
    void readsNames(String name, String host, String path) {
        assertThat(Repository.of(name)).isEqualTo(new Repository(host, path));
    }

    @Test
    void readsPullSecrets() {
        var pair = "YWRhOnNlY3JldA==";
        assertThat(Login.of(
                        "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"%s\"}}}".formatted(pair), "docker.io"))
                .isEqualTo(ADA);
        assertThat(Login.of("{\"auths\":{\"r:5000\":{\"username\":\"ada\",\"password\":\"secret\"}}}", "r:5000"))
                .isEqualTo(ADA);
        for (var bad : List.of(
                "",
                "[]",
                "no",
                "{}",
                "{\"auths\":{\"r:5000\":{\"auth\":\"***\"}}}",
                "{\"auths\":{\"r:5000\":{\"auth\":\"YQ==\"}}}",
                "{\"auths\":{\"other\":{\"auth\":\"%s\"}}}".formatted(pair))) {
            assertThat(Login.of(bad, "r:5000")).as(bad).isEmpty();
        }
        assertThat(ADA).asString().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.com", "=http://x", "example.com=", "example.com=ftp://x", "example.com=x:5000"})
    void refusesAddressesThatAreNone(String pair) {
        assertThatThrownBy(() -> Addresses.of(List.of(pair))).isInstanceOf(IllegalArgumentException.class);
    }

    private interface Asking {
        Object answer() throws RegistryException;
    }

    private static RegistryException failing(Asking asking) {
        var problem = catchThrowableOfType(RegistryException.class, asking::answer);
        assertThat(problem).isNotNull();
        return problem;
    }

    /** Refuses everybody, in its own words. */
    private static final class Challenging implements AutoCloseable {
        private final HttpServer server;

        Challenging(String how) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", how);
                    exchange.sendResponseHeaders(401, -1);
                }
            });
            server.start();
        }

        String address() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
