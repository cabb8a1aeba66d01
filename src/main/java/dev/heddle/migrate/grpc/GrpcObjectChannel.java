package dev.heddle.migrate.grpc;

import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import dev.heddle.core.migration.WriteResult;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.ObjectChannel;
import dev.heddle.migrate.wire.AggregateReply;
import dev.heddle.migrate.wire.AggregateRequest;
import dev.heddle.migrate.wire.MetadataResult;
import dev.heddle.migrate.wire.SearchReply;
import dev.heddle.migrate.wire.SearchRequest;
import dev.heddle.migrate.wire.SearchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads, writes and counts over gRPC; reads over REST what gRPC would lose. */
final class GrpcObjectChannel implements ObjectChannel {
    private final GrpcCalls calls;
    private final ObjectChannel rest;

    GrpcObjectChannel(GrpcCalls calls, ObjectChannel rest) {
        this.calls = calls;
        this.rest = rest;
    }

    @Override
    public List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit)
            throws MigrationException {
        if (Losses.reading(shape)) {
            return rest.read(shape, place, after, limit);
        }
        var reply = page(SearchRequests.objects(shape, place, after, limit));
        if (Losses.in(reply)) {
            return rest.read(shape, place, after, limit);
        }
        return objects(reply);
    }

    static List<StoredObject> objects(SearchReply reply) throws MigrationException {
        var objects = new ArrayList<StoredObject>();
        for (var result : reply.getResultsList()) {
            objects.add(object(result));
        }
        return List.copyOf(objects);
    }

    @Override
    public List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) throws MigrationException {
        var ids = new ArrayList<IdAndTime>();
        for (var result : page(SearchRequests.ids(place, after, limit)).getResultsList()) {
            var metadata = result.getMetadata();
            ids.add(new IdAndTime(id(metadata), times(metadata).updated()));
        }
        return List.copyOf(ids);
    }

    /** A page that is too large for one message is asked for again, half as long. */
    private SearchReply page(SearchRequest request) throws MigrationException {
        try {
            return calls.ask("Search", request, SearchReply.parser());
        } catch (MigrationException.Refused refused) {
            if (refused.status() != Failures.CONTENT_TOO_LARGE || request.getLimit() < 2) {
                throw refused;
            }
            return page(request.toBuilder().setLimit(request.getLimit() / 2).build());
        }
    }

    private static StoredObject object(SearchResult result) throws MigrationException {
        var metadata = result.getMetadata();
        return new StoredObject(
                id(metadata),
                PropertiesReader.read(result.getProperties().getNonRefProps()),
                vectors(metadata),
                Map.of(),
                times(metadata),
                result.getSerializedSize());
    }

    private static UUID id(MetadataResult metadata) throws MigrationException {
        try {
            return UUID.fromString(metadata.getId());
        } catch (IllegalArgumentException foreign) {
            throw new MigrationException.Malformed("an object's id is \"%s\"".formatted(metadata.getId()));
        }
    }

    private static Map<String, StoredVector> vectors(MetadataResult metadata) throws MigrationException {
        var vectors = new HashMap<String, StoredVector>();
        if (!metadata.getVectorBytes().isEmpty()) {
            vectors.put("", new StoredVector.Single(VectorBytes.single(metadata.getVectorBytes(), "the vector")));
        }
        for (var vector : metadata.getVectorsList()) {
            vectors.put(vector.getName(), VectorBytes.named(vector));
        }
        return Map.copyOf(vectors);
    }

    private static StoredObject.Times times(MetadataResult metadata) throws MigrationException {
        if (!metadata.getLastUpdateTimeUnixPresent()) {
            throw new MigrationException.Malformed("object %s has no time of its update".formatted(metadata.getId()));
        }
        return new StoredObject.Times(metadata.getCreationTimeUnix(), metadata.getLastUpdateTimeUnix());
    }

    @Override
    public WriteResult write(CollectionShape shape, Place place, List<StoredObject> objects) throws MigrationException {
        return BatchWriter.write(calls, place, objects);
    }

    @Override
    public long count(Place place) throws MigrationException {
        var request = AggregateRequest.newBuilder()
                .setCollection(place.collection())
                .setTenant(place.tenant().orElse(""))
                .setObjectsCount(true)
                .build();
        var reply = calls.ask("Aggregate", request, AggregateReply.parser());
        if (!reply.hasSingleResult() || !reply.getSingleResult().hasObjectsCount()) {
            throw new MigrationException.Malformed("no count of " + place);
        }
        return reply.getSingleResult().getObjectsCount();
    }

    @Override
    public void close() {
        calls.close();
        rest.close();
    }
}
