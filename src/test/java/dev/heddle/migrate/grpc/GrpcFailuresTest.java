package dev.heddle.migrate.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.AggregateReply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no good answer is one of the exceptions of migrations, in time, and tells no key. */
@Timeout(120)
class GrpcFailuresTest extends WithGrpcServer {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16 | no key                                                  | Denied      | 0
            7  | not yours                                               | Denied      | 0
            2  | extract auth: unauthorized: invalid api key             | Denied      | 0
            14 | read-only mode                                          | Busy        | 0
            8  | too many                                                | Busy        | 0
            8  | grpc: received message larger than max (2 vs. 1)        | Refused     | 413
            2  | could not find class Nope in schema                     | Refused     | 404
            2  | object search at index x: tenant not found: "nobody"    | Refused     | 422
            2  | class X has multi-tenancy enabled, but request was ...  | Refused     | 422
            2  | tenant not active: 'b'                                  | Busy        | 0
            2  | remote shard object search x: connect: refused          | Busy        | 0
            13 | stream terminated                                       | Busy        | 0
            3  | bad                                                     | Refused     | 400
            5  | gone                                                    | Refused     | 404
            6  | there                                                   | Refused     | 409
            12 | unknown method                                          | Refused     | 501
            4  | late                                                    | Unreachable | 0
            1  | cancelled                                               | Unreachable | 0
            """)
    void tellsWhatMayPass(int status, String words, String kind, int code) throws Exception {
        for (var answer : List.<BiConsumer<HttpServerRequest, Buffer>>of(
                (request, body) -> GrpcServer.bad(request, status, words),
                (request, body) -> GrpcServer.badAtOnce(request, status, words))) {
            with(LONG, answer, channel -> {
                var problem = catchThrowableOfType(MigrationException.class, () -> channel.count(PLACE));
                assertThat(problem.getClass().getSimpleName()).isEqualTo(kind);
                assertThat(problem.getMessage())
                        .contains(words)
                        .contains("127.0.0.1")
                        .doesNotContain("the-key");
                if (problem instanceof MigrationException.Refused refused) {
                    assertThat(refused.status()).isEqualTo(code);
                }
            });
        }
    }

    @Test
    void endsWithoutAGoodAnswer() throws Exception {
        var answers = new ArrayList<BiConsumer<HttpServerRequest, Buffer>>();
        answers.add((request, body) -> request.response().setStatusCode(503).end("<html>"));
        answers.add((request, body) -> request.response().reset());
        answers.add((request, body) -> request.connection().close());
        answers.add((request, body) -> {
            GrpcServer.begin(request).write(Buffer.buffer("xx"));
            request.response().reset();
        });
        answers.add((request, body) ->
                GrpcServer.begin(request).putTrailer("grpc-status", "0").end());
        for (var answer : answers) {
            with(LONG, answer, channel -> assertThatThrownBy(() -> channel.count(PLACE))
                    .matches(GrpcFailuresTest::passing));
        }
        with(
                LONG,
                (request, body) -> {
                    GrpcServer.begin(request).write(GrpcServer.message(new byte[] {(byte) 0xff, 1, 2}));
                    request.response().putTrailer("grpc-status", "0").end();
                },
                channel -> assertThatThrownBy(() -> channel.count(PLACE))
                        .isInstanceOf(MigrationException.Malformed.class));
    }

    private static boolean passing(Throwable problem) {
        return problem instanceof MigrationException known && known.passing();
    }

    @Test
    void endsInTime() throws Exception {
        with(
                SHORT,
                (request, body) -> assertThat(request.getHeader("grpc-timeout")).isEqualTo("300m"),
                channel -> assertThatThrownBy(() -> channel.count(PLACE))
                        .isInstanceOf(MigrationException.Unreachable.class)
                        .hasMessageContaining("no answer"));
        try (var channel = channel("http://127.0.0.1:1", Optional.empty(), LONG)) {
            assertThatThrownBy(() -> channel.count(PLACE)).isInstanceOf(MigrationException.Unreachable.class);
        }
    }

    @Test
    void believesOnlyTheAuthorityItWasTold(@TempDir Path folder) throws Exception {
        var store = folder.resolve("server.p12").toString();
        var ca = folder.resolve("ca.pem");
        keytool("-genkeypair -alias s -keyalg EC -dname CN=test -ext SAN=ip:127.0.0.1 -validity 30", store);
        keytool("-exportcert -alias s -rfc -file " + ca, store);
        var tls = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PfxOptions().setPath(store).setPassword("secret"));
        var reply = AggregateReply.newBuilder()
                .setSingleResult(AggregateReply.Single.newBuilder().setObjectsCount(3))
                .build();
        try (var server = new GrpcServer(vertx, tls, (request, body) -> GrpcServer.good(request, reply))) {
            var url = "https://127.0.0.1:" + server.port();
            try (var channel = channel(url, Optional.of(ca), LONG)) {
                assertThat(channel.count(PLACE)).isEqualTo(3);
            }
            try (var channel = channel(url, Optional.empty(), LONG)) {
                assertThatThrownBy(() -> channel.count(PLACE)).isInstanceOf(MigrationException.Unreachable.class);
            }
        }
    }

    private static void keytool(String arguments, String store) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store, "-storepass", "secret", "-storetype", "PKCS12"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(words).isZero();
    }
}
