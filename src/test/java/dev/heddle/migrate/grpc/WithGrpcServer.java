package dev.heddle.migrate.grpc;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.core.migration.WriteResult;
import dev.heddle.migrate.Access;
import dev.heddle.migrate.ObjectChannel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A channel to a server that answers as a test says. */
abstract class WithGrpcServer {
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(300);
    static final Place PLACE = Place.of("Article", "t");

    static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    interface Use {
        void of(ObjectChannel channel) throws Exception;
    }

    static void with(Duration timeout, BiConsumer<HttpServerRequest, Buffer> answer, Use use) throws Exception {
        try (var server = new GrpcServer(vertx, answer);
                var channel = channel("http://127.0.0.1:" + server.port(), Optional.empty(), timeout)) {
            use.of(channel);
        }
    }

    static ObjectChannel channel(String grpc, Optional<Path> ca, Duration timeout) {
        var access = new Access(URI.create("http://127.0.0.1:1"), URI.create(grpc), "the-key", ca, false);
        return new GrpcTransport(vertx, timeout).open(access, new Fallback());
    }

    /** Tells by its one object that it was asked. */
    static final class Fallback implements ObjectChannel {
        static final StoredObject OBJECT = object(new UUID(9, 9), Map.of());

        @Override
        public List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit) {
            return List.of(OBJECT);
        }

        @Override
        public List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) {
            throw new AssertionError();
        }

        @Override
        public WriteResult write(CollectionShape shape, Place place, List<StoredObject> objects) {
            throw new AssertionError();
        }

        @Override
        public long count(Place place) {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }

    static StoredObject object(UUID id, Map<String, StoredVector> vectors) {
        var properties = new ObjectMapper().createObjectNode().put("title", "x");
        return new StoredObject(id, properties, vectors, Map.of(), new StoredObject.Times(0, 0), 0);
    }
}
