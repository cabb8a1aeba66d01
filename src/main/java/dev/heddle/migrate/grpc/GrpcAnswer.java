package dev.heddle.migrate.grpc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;

/**
 * One message as gRPC lays it into HTTP/2: a byte that says whether it is compressed, its length in four, and its bytes.
 * Vert.x's own client copies all that has come with every piece that comes; at 15 MB that took ten seconds.
 */
final class GrpcAnswer {
    private static final int PREFIX_BYTES = 5;

    private GrpcAnswer() {}

    /** What the server says of a call. */
    static final class Failed extends Exception {
        private final Status status;

        Failed(Status status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        Status status() {
            return status;
        }
    }

    static Buffer packed(byte[] message) {
        return Buffer.buffer(PREFIX_BYTES + message.length)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }

    /** The bytes of the one message; fails with {@link Failed} where there is none. */
    static Future<Buffer> of(HttpClientResponse response, int largest) {
        var done = Promise.<Buffer>promise();
        var whole = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> end(response, whole, done));
        response.handler(part -> {
            whole.appendBuffer(part);
            if (tooLarge(whole, largest)) {
                done.tryFail(new Failed(Status.RESOURCE_EXHAUSTED, "a message is " + Failures.TOO_LARGE));
                response.request().reset();
            }
        });
        return done.future();
    }

    /** By what it says of itself, or by what came. */
    private static boolean tooLarge(Buffer whole, int largest) {
        return whole.length() > largest + PREFIX_BYTES
                || whole.length() >= PREFIX_BYTES && whole.getByte(0) == 0 && whole.getUnsignedInt(1) > largest;
    }

    private static void end(HttpClientResponse response, Buffer whole, Promise<Buffer> done) {
        var number = said(response, "grpc-status");
        if (number.isEmpty()) {
            var type = response.getHeader("content-type");
            done.tryFail(new Failed(
                    Status.ofHttp(response.statusCode()),
                    "this is no gRPC (HTTP %d, content type %s)".formatted(response.statusCode(), type)));
        } else if (Status.of(number.get()) != Status.OK) {
            done.tryFail(new Failed(
                    Status.of(number.get()), said(response, "grpc-message").orElse("")));
        } else if (whole.length() < PREFIX_BYTES
                || whole.getByte(0) != 0
                || whole.getInt(1) != whole.length() - PREFIX_BYTES) {
            done.tryFail(new Failed(Status.UNAVAILABLE, "an answer without a whole message"));
        } else {
            done.tryComplete(whole.slice(PREFIX_BYTES, whole.length()));
        }
    }

    /** In the trailers, or in the headers where there is nothing else. */
    private static Optional<String> said(HttpClientResponse response, String name) {
        return Optional.ofNullable(response.getTrailer(name)).or(() -> Optional.ofNullable(response.getHeader(name)));
    }
}
