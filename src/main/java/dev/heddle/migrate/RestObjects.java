package dev.heddle.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.WriteResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Objects over REST; ids and counts over GraphQL, because REST has no page without properties. */
final class RestObjects implements ObjectChannel {
    private final RestClient rest;

    RestObjects(RestClient rest) {
        this.rest = rest;
    }

    @Override
    public List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit)
            throws MigrationException {
        var path = "/v1/objects?class=%s&limit=%d&include=vector&after=%s%s"
                .formatted(
                        RestClient.segment(place.collection()),
                        limit,
                        after.map(UUID::toString).orElse(""),
                        place.tenant()
                                .map(tenant -> "&tenant=" + RestClient.segment(tenant))
                                .orElse(""));
        var reply = rest.exchange(HttpMethod.GET, path, Optional.empty());
        return rest.parse(
                path, reply, body -> RestJson.objects(body, shape, reply.body().length()));
    }

    @Override
    public List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) throws MigrationException {
        var query = "{Get{%s(limit:%d,after:\"%s\"%s){_additional{id lastUpdateTimeUnix}}}}"
                .formatted(
                        place.collection(),
                        limit,
                        after.map(UUID::toString).orElse(""),
                        tenant(place).map(value -> ",tenant:" + value).orElse(""));
        var list = graphql(query).at("/data/Get/" + place.collection());
        if (!list.isArray()) {
            throw new MigrationException.Malformed(rest.where("/v1/graphql") + ": no list of " + place);
        }
        var ids = new ArrayList<IdAndTime>(list.size());
        for (var one : list) {
            var additional = one.path("_additional");
            ids.add(new IdAndTime(
                    RestJson.id(additional.path("id").asText()),
                    additional.path("lastUpdateTimeUnix").asLong()));
        }
        return ids;
    }

    @Override
    public WriteResult write(CollectionShape shape, Place place, List<StoredObject> objects) throws MigrationException {
        var ids = objects.stream().map(StoredObject::id).toList();
        return rest.ask(
                HttpMethod.POST,
                "/v1/batch/objects?consistency_level=QUORUM",
                Optional.of(RestJson.batch(place, objects)),
                body -> BatchReply.of(body, ids));
    }

    @Override
    public long count(Place place) throws MigrationException {
        var query = "{Aggregate{%s%s{meta{count}}}}"
                .formatted(
                        place.collection(),
                        tenant(place).map(value -> "(tenant:" + value + ")").orElse(""));
        var count = graphql(query).at("/data/Aggregate/%s/0/meta/count".formatted(place.collection()));
        if (!count.isIntegralNumber()) {
            throw new MigrationException.Malformed(rest.where("/v1/graphql") + ": no count of " + place);
        }
        return count.asLong();
    }

    /** GraphQL quotes strings as JSON does. */
    private static Optional<String> tenant(Place place) {
        return place.tenant()
                .map(name -> RestJson.MAPPER.getNodeFactory().textNode(name).toString());
    }

    /** GraphQL says no with status 200. */
    private JsonNode graphql(String query) throws MigrationException {
        var body = RestJson.MAPPER.valueToTree(Map.of("query", query)).toString();
        var path = "/v1/graphql";
        var reply = rest.ask(HttpMethod.POST, path, Optional.of(Buffer.buffer(body)), RestJson.MAPPER::readTree);
        var error = reply.at("/errors/0/message").asText("");
        if (!error.isEmpty()) {
            var message = rest.where(path) + ": " + error;
            throw RestFailure.passes(error)
                    ? new MigrationException.Busy(message, Optional.empty())
                    : new MigrationException.Refused(422, message);
        }
        return reply;
    }

    @Override
    public void close() {
        rest.close();
    }
}
