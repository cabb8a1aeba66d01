package dev.heddle.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that have trouble. What a good one does, {@link S3BackupStoreIT} sees. */
@Timeout(60)
class S3BackupStoreTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Limits SHORT = new Limits(
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(600),
            Duration.ofSeconds(8),
            Duration.ofSeconds(3));

    private interface Answer {
        void give(HttpExchange request) throws IOException;
    }

    private final S3BackupStore store = new S3BackupStore(SHORT);
    private final S3BackupStore patient = new S3BackupStore();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private volatile Answer answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(ANY, 0);
        server.setExecutor(threads);
        server.createContext("/", request -> {
            asked.add(request.getRequestMethod() + " " + request.getRequestURI());
            answer.give(request);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        server.stop(0);
        store.close();
        patient.close();
    }

    private BucketLocation there() {
        return at(server.getAddress().getPort());
    }

    private static BucketLocation at(int port) {
        return BucketLocation.of("s3://backups/prod")
                .withServer(
                        Optional.of(URI.create("http://127.0.0.1:" + port)), Optional.empty(), true, Optional.empty())
                .withCredentials(
                        Optional.of(new BucketCredentials("the-access-key", "the-secret-key", Optional.empty())));
    }

    private static void reply(HttpExchange request, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        request.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }

    private static String error(String code) {
        return "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>of the-access-key</Message></Error>"
                .formatted(code);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, Denied, refuses access",
        "403, InvalidAccessKeyId, Denied, InvalidAccessKeyId",
        "403, SignatureDoesNotMatch, Denied, wrong credentials",
        "403, RequestTimeTooSkewed, Denied, clocks",
        "400, ExpiredToken, Denied, ExpiredToken",
        "400, AuthorizationHeaderMalformed, Denied, region",
        "404, XAdminUserNotFound, Denied, wrong credentials",
        "404, '', Unreachable, HTTP 404",
        "301, PermanentRedirect, Denied, region",
        "401, '', Denied, HTTP 401",
        "404, NoSuchBucket, Missing, there is no bucket backups",
        "400, InvalidRequest, Unreachable, HTTP 400",
        "500, InternalError, Unreachable, HTTP 500",
        "503, SlowDown, Unreachable, SlowDown",
        "507, '<script>x</script>', Unreachable, HTTP 507",
        "502, '', Unreachable, HTTP 502"
    })
    void saysWhatTheServerMeant(int status, String code, String kind, String words) {
        answer = request -> reply(request, status, code.isEmpty() ? "" : error(code));
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> store.ids(there()), () -> store.delete(there(), "b1"),
        }) {
            assertThatExceptionOfType(BucketException.class)
                    .isThrownBy(call)
                    .withMessageContaining(words)
                    .withMessageNotContaining("the-access-key")
                    .withMessageNotContaining("script")
                    .satisfies(failure ->
                            assertThat(failure.getClass().getSimpleName()).isEqualTo(kind));
        }
    }

    @Test
    void aServerThatIsGone() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertUnreachable(() -> store.read(at(port), "b1"), "cannot be reached");
    }

    @Test
    void aServerThatIsSilent() throws IOException {
        try (var socket = new ServerSocket(0)) {
            assertUnreachable(() -> store.ids(at(socket.getLocalPort())), "does not answer in time");
            assertUnreachable(() -> store.read(at(socket.getLocalPort()), "b1"), "does not answer in time");
            assertUnreachable(() -> store.delete(at(socket.getLocalPort()), "b1"), "does not answer in time");
        }
    }

    @Test
    void aServerThatTrickles() {
        answer = request -> {
            request.sendResponseHeaders(200, 0);
            try (var body = request.getResponseBody()) {
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(' ');
                    body.flush();
                    Thread.sleep(50);
                }
            } catch (InterruptedException | IOException over) {
                request.close();
            }
        };
        assertUnreachable(() -> store.read(there(), "b1"), "does not answer in time");
        assertUnreachable(() -> store.ids(there()), "does not answer in time");
    }

    @Test
    void aServerWhoseListNeverEnds() {
        answer = request -> reply(
                request,
                200,
                "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>");
        assertUnreachable(() -> store.ids(there()), "not done within 3 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{}", "{\"Contents\":[]}", "<html>sign in</html>"})
    void aServerThatIsNoS3HasNoBackups(String body) throws BucketException {
        answer = request -> reply(request, 200, body);
        try {
            assertThat(store.ids(there())).isEmpty();
        } catch (BucketException.Unreachable unreadable) {
            assertThat(unreadable).hasMessageContaining("backups");
        }
    }

    @Test
    void aDescriptorThatIsNoneIsNamed() {
        answer = request -> reply(request, 200, "garbage");
        assertThatExceptionOfType(BucketException.Malformed.class)
                .isThrownBy(() -> store.read(there(), "b1"))
                .withMessage("s3://backups/prod/b1/backup_config.json is no JSON, or not to its end");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aDescriptorWithoutEnd() {
        answer = request -> {
            request.sendResponseHeaders(200, 0);
            try (var body = request.getResponseBody()) {
                var blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                for (int written = 0; written < 100; written++) {
                    body.write(blanks);
                }
            } catch (IOException aborted) {
                request.close();
            }
        };
        assertThatExceptionOfType(BucketException.Malformed.class)
                .isThrownBy(() -> patient.read(there(), "b1"))
                .withMessageEndingWith("backup_config.json has more than 67108864 bytes");
    }

    @Test
    void triesAgainWhatPasses() throws BucketException {
        answer = request ->
                reply(request, asked.size() < 2 ? 503 : 404, error(asked.size() < 2 ? "SlowDown" : "NoSuchKey"));

        assertThat(patient.read(there(), "b1")).isEmpty();
        assertThat(asked)
                .containsExactly("GET /backups/prod/b1/backup_config.json", "GET /backups/prod/b1/backup_config.json");
    }

    @Test
    void deletesOnlyWhatWasAskedFor() throws BucketException {
        answer = request -> reply(
                request,
                200,
                request.getRequestURI().getQuery().contains("uploads")
                        ? "<?xml version=\"1.0\"?><ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>prod/b2/x</Key><UploadId>u</UploadId></Upload></ListMultipartUploadsResult>"
                        : "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");

        store.delete(there(), "b1");

        assertThat(asked)
                .hasSize(2)
                .allMatch(request -> request.startsWith("GET ") && request.contains("prod%2Fb1%2F"));
    }

    @Test
    void aServerThatKnowsNoListOfUploads() throws BucketException {
        answer = request -> {
            if (request.getRequestURI().getQuery().contains("uploads")) {
                reply(request, 501, error("NotImplemented"));
            } else {
                reply(
                        request,
                        200,
                        "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
            }
        };
        store.delete(there(), "b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "b1/", "B1", "b1/../b2", "b 1"})
    void refusesIdsThatAreNone(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.delete(there(), id));
        assertThatIllegalArgumentException().isThrownBy(() -> store.read(there(), id));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"})
    void certificatesThatAreNone(String pem) {
        var where = there().withServer(
                        Optional.of(URI.create("https://127.0.0.1:1")), Optional.empty(), true, Optional.of(pem));
        assertUnreachable(() -> store.ids(where), "certificates to trust");
    }

    @Test
    void keepsFewClients() throws BucketException {
        try (var clients = new S3Clients(SHORT)) {
            for (int port = 1; port < 100; port++) {
                clients.of(at(port));
                clients.of(at(port));
            }
            assertThat(clients.size()).isEqualTo(S3Clients.KEPT);
            assertThat(clients.of(at(99))).isSameAs(clients.of(at(99).withPrefix("other")));
        }
    }

    private static void assertUnreachable(ThrowingCallable call, String words) {
        var begin = System.nanoTime();
        assertThatExceptionOfType(BucketException.Unreachable.class)
                .isThrownBy(call)
                .withMessageContaining(words);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
    }
}
