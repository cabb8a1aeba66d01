package dev.heddle.migrate.grpc;

import com.google.protobuf.MessageLite;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;

/** Answers as it is told, also what no gRPC server would. */
final class GrpcServer implements AutoCloseable {
    private static final int PREFIX = 5;
    private final HttpServer server;

    /** @param answer gets the message of each request, without its prefix */
    GrpcServer(Vertx vertx, HttpServerOptions options, BiConsumer<HttpServerRequest, Buffer> answer) throws Exception {
        server = vertx.createHttpServer(options)
                .requestHandler(request ->
                        request.body().onSuccess(body -> answer.accept(request, body.getBuffer(PREFIX, body.length()))))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    GrpcServer(Vertx vertx, BiConsumer<HttpServerRequest, Buffer> answer) throws Exception {
        this(vertx, new HttpServerOptions(), answer);
    }

    int port() {
        return server.actualPort();
    }

    static void good(HttpServerRequest request, MessageLite message) {
        begin(request).write(message(message.toByteArray()));
        request.response().putTrailer("grpc-status", "0").end();
    }

    /** In trailers, as when an answer had begun. */
    static void bad(HttpServerRequest request, int status, String words) {
        begin(request).write(message(new byte[0]));
        request.response()
                .putTrailer("grpc-status", String.valueOf(status))
                .putTrailer("grpc-message", words)
                .end();
    }

    /** In the headers, as Weaviate does. */
    static void badAtOnce(HttpServerRequest request, int status, String words) {
        begin(request)
                .putHeader("grpc-status", String.valueOf(status))
                .putHeader("grpc-message", words)
                .end();
    }

    static io.vertx.core.http.HttpServerResponse begin(HttpServerRequest request) {
        return request.response().setChunked(true).putHeader("content-type", "application/grpc");
    }

    static Buffer message(byte[] bytes) {
        return Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes);
    }

    @Override
    public void close() {
        server.close();
    }
}
