package dev.heddle.migrate.grpc;

import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.core.migration.WriteResult;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.BatchObject;
import dev.heddle.migrate.wire.BatchObjectsReply;
import dev.heddle.migrate.wire.BatchObjectsRequest;
import dev.heddle.migrate.wire.ConsistencyLevel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Batches, in several messages where one would be too large for Weaviate. */
final class BatchWriter {
    private static final int LARGEST_REQUEST_BYTES = 32 << 20;

    private BatchWriter() {}

    static WriteResult write(GrpcCalls calls, Place place, List<StoredObject> objects) throws MigrationException {
        var errors = new HashMap<UUID, String>();
        var batch = empty();
        var bytes = 0;
        for (var object : objects) {
            var one = object(place, object);
            var size = one.getSerializedSize();
            if (batch.getObjectsCount() > 0 && bytes + size > LARGEST_REQUEST_BYTES) {
                errors.putAll(send(calls, batch.build()));
                batch = empty();
                bytes = 0;
            }
            batch.addObjects(one);
            bytes += size;
        }
        if (batch.getObjectsCount() > 0) {
            errors.putAll(send(calls, batch.build()));
        }
        return errors.isEmpty() ? WriteResult.ALL : new WriteResult(Map.copyOf(errors));
    }

    private static BatchObjectsRequest.Builder empty() {
        return BatchObjectsRequest.newBuilder().setConsistencyLevel(ConsistencyLevel.CONSISTENCY_LEVEL_QUORUM);
    }

    private static Map<UUID, String> send(GrpcCalls calls, BatchObjectsRequest batch) throws MigrationException {
        return errors(batch, calls.ask("BatchObjects", batch, BatchObjectsReply.parser()));
    }

    /** Weaviate may name an object more than once; the first word counts. */
    static Map<UUID, String> errors(BatchObjectsRequest batch, BatchObjectsReply reply) throws MigrationException {
        var errors = new HashMap<UUID, String>();
        for (var error : reply.getErrorsList()) {
            if (error.getIndex() < 0 || error.getIndex() >= batch.getObjectsCount()) {
                throw new MigrationException.Malformed("an error of object %d in a batch of %d: %s"
                        .formatted(error.getIndex(), batch.getObjectsCount(), error.getError()));
            }
            errors.putIfAbsent(
                    UUID.fromString(batch.getObjects(error.getIndex()).getUuid()), error.getError());
        }
        return errors;
    }

    static BatchObject object(Place place, StoredObject object) throws MigrationException {
        var one = BatchObject.newBuilder()
                .setUuid(object.id().toString())
                .setCollection(place.collection())
                .setTenant(place.tenant().orElse(""))
                .setProperties(PropertiesWriter.write(object.properties()));
        // A vector without a number would be stored as such, and nothing tells it from none.
        for (var vector : object.vectors().entrySet()) {
            if (vector.getValue().bytes() == 0) {
                continue;
            }
            if (!vector.getKey().isEmpty()) {
                one.addVectors(VectorBytes.named(vector.getKey(), vector.getValue()));
            } else if (vector.getValue() instanceof StoredVector.Single single) {
                one.setVectorBytes(VectorBytes.bytes(single.values()));
            } else {
                throw new MigrationException.Impossible(
                        "object %s: gRPC has no form for a multi-vector without a name".formatted(object.id()));
            }
        }
        return one.build();
    }
}
