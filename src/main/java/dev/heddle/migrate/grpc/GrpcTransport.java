package dev.heddle.migrate.grpc;

import dev.heddle.migrate.Access;
import dev.heddle.migrate.ObjectChannel;
import dev.heddle.migrate.ObjectTransport;
import io.vertx.core.Vertx;
import java.time.Duration;

/** @param timeout of each call, connecting included */
public record GrpcTransport(Vertx vertx, Duration timeout) implements ObjectTransport {
    @Override
    public ObjectChannel open(Access access, ObjectChannel rest) {
        return new GrpcObjectChannel(new GrpcCalls(vertx, access, timeout), rest);
    }
}
