package dev.heddle.migrate.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.heddle.migrate.Access;
import dev.heddle.migrate.MigrationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Asks one server, one message there and one back. Calls come from several threads; none of them Vert.x's own. */
final class GrpcCalls implements AutoCloseable {
    /** What Weaviate itself sends and takes at most, unless it is told otherwise. */
    static final int LARGEST_MESSAGE_BYTES = 104_858_000;

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** With the 64 KiB that HTTP/2 begins with, every page of a long way waits for it several times. */
    private static final int WINDOW_BYTES = 4 << 20;

    /** Each has an event loop of its own; one would pack and encrypt for all. */
    private static final int CONNECTIONS = 2;

    private final HttpClient client;
    private final Access access;
    private final Duration timeout;

    /** @param timeout of each call, connecting included */
    GrpcCalls(Vertx vertx, Access access, Duration timeout) {
        this.access = access;
        this.timeout = timeout;
        this.client = vertx.createHttpClient(transport(access, timeout));
    }

    private static int port(Access access) {
        var grpc = access.grpc();
        return grpc.getPort() > 0 ? grpc.getPort() : encrypted(access) ? HTTPS : HTTP;
    }

    private static boolean encrypted(Access access) {
        return "https".equals(access.grpc().getScheme());
    }

    private static HttpClientOptions transport(Access access, Duration timeout) {
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(CONNECTIONS)
                .setHttp2MultiplexingLimit(-1)
                .setHttp2ConnectionWindowSize(2 * WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES))
                .setConnectTimeout((int) timeout.toMillis());
        if (encrypted(access)) {
            options.setSsl(true).setUseAlpn(true).setTrustAll(access.insecure()).setVerifyHost(!access.insecure());
            access.ca().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        }
        return options;
    }

    <R extends MessageLite> R ask(String method, MessageLite question, Parser<R> answer) throws MigrationException {
        var open = new AtomicReference<HttpClientRequest>();
        try {
            var message = client.request(options(method))
                    .onSuccess(open::set)
                    .compose(request -> send(request, GrpcAnswer.packed(question.toByteArray())))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return answer.parseFrom(message.getByteBuf().nioBuffer());
        } catch (InvalidProtocolBufferException foreign) {
            throw new MigrationException.Malformed(where(method) + foreign.getMessage());
        } catch (InterruptedException stopping) {
            cancel(open.get());
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped(where(method) + "interrupted");
        } catch (TimeoutException slow) {
            cancel(open.get());
            throw new MigrationException.Unreachable(where(method) + "no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException problem) {
            throw problem.getCause() instanceof GrpcAnswer.Failed failed
                    ? Failures.of(failed.status(), where(method), failed.getMessage())
                    : new MigrationException.Unreachable(
                            where(method) + problem.getCause().getMessage());
        }
    }

    private RequestOptions options(String method) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(access.grpc().getHost())
                .setPort(port(access))
                .setURI("/weaviate.v1.Weaviate/" + method)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers")
                .putHeader("grpc-timeout", timeout.toMillis() + "m");
        return access.apiKey().isEmpty() ? options : options.putHeader("authorization", "Bearer " + access.apiKey());
    }

    /** Listens before it sends. A server that refuses what it has not read to the end says why all the same. */
    private static Future<Buffer> send(HttpClientRequest request, Buffer message) {
        var answer = request.response().compose(response -> GrpcAnswer.of(response, LARGEST_MESSAGE_BYTES));
        return request.send(message).compose(sent -> answer, unsent -> answer);
    }

    private static void cancel(HttpClientRequest request) {
        if (request != null) {
            request.reset();
        }
    }

    private String where(String method) {
        return "%s:%d gRPC %s: ".formatted(access.grpc().getHost(), port(access), method);
    }

    @Override
    public void close() {
        client.close();
    }
}
