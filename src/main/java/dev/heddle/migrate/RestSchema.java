package dev.heddle.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.Reference;
import dev.heddle.core.migration.ServerInfo;
import dev.heddle.core.migration.WriteResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Schema, tenants, aliases and references over REST. */
final class RestSchema implements SchemaChannel {
    private static final Map<String, String> FORMER_NAMES =
            Map.of("HOT", "ACTIVE", "COLD", "INACTIVE", "FROZEN", "OFFLOADED");

    private final RestClient rest;
    private final Clock clock;

    RestSchema(RestClient rest, Clock clock) {
        this.rest = rest;
        this.clock = clock;
    }

    @Override
    public ServerInfo info() throws MigrationException {
        var reply = rest.exchange(HttpMethod.GET, "/v1/meta", Optional.empty());
        var meta = rest.parse("/v1/meta", reply, RestJson.MAPPER::readTree);
        if (!meta.hasNonNull("version")) {
            throw new MigrationException.Malformed(rest.where("/v1/meta") + ": no version; this is no Weaviate");
        }
        var modules = new TreeSet<String>();
        meta.path("modules").fieldNames().forEachRemaining(modules::add);
        var nodes = rest.get("/v1/nodes").path("nodes");
        var readOnly = !nodes.isEmpty();
        for (var node : nodes) {
            readOnly &= Set.of("ReadOnly", "ScaleOut")
                    .contains(node.path("operationalMode").asText());
        }
        return new ServerInfo(meta.get("version").asText(), modules, nodes.size(), time(reply.date()), readOnly);
    }

    private long time(Optional<String> date) {
        try {
            return date.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
                    .map(Instant::from)
                    .orElseGet(clock::instant)
                    .toEpochMilli();
        } catch (DateTimeParseException unusual) {
            return clock.millis();
        }
    }

    @Override
    public Map<String, ObjectNode> collections() throws MigrationException {
        var classes = rest.get("/v1/schema").path("classes");
        var collections = new TreeMap<String, ObjectNode>();
        for (var one : classes) {
            if (!(one instanceof ObjectNode definition) || !definition.hasNonNull("class")) {
                throw new MigrationException.Malformed(rest.where("/v1/schema") + ": a collection without a name");
            }
            collections.put(definition.get("class").asText(), definition);
        }
        return collections;
    }

    @Override
    public void create(ObjectNode definition) throws MigrationException {
        send(HttpMethod.POST, "/v1/schema", definition);
    }

    @Override
    public void addProperty(String collection, ObjectNode property) throws MigrationException {
        send(HttpMethod.POST, "/v1/schema/%s/properties".formatted(RestClient.segment(collection)), property);
    }

    @Override
    public Map<String, String> tenants(String collection) throws MigrationException {
        var tenants = new TreeMap<String, String>();
        for (var tenant : rest.get(tenantsOf(collection))) {
            var status = tenant.path("activityStatus").asText();
            tenants.put(tenant.path("name").asText(), FORMER_NAMES.getOrDefault(status, status));
        }
        return tenants;
    }

    @Override
    public String tenant(String collection, String name) throws MigrationException {
        var status = rest.get(tenantsOf(collection) + "/" + RestClient.segment(name))
                .path("activityStatus")
                .asText();
        return FORMER_NAMES.getOrDefault(status, status);
    }

    @Override
    public void createTenants(String collection, Map<String, String> statuses) throws MigrationException {
        send(HttpMethod.POST, tenantsOf(collection), list(statuses));
    }

    @Override
    public void setTenants(String collection, Map<String, String> statuses) throws MigrationException {
        send(HttpMethod.PUT, tenantsOf(collection), list(statuses));
    }

    private static String tenantsOf(String collection) {
        return "/v1/schema/%s/tenants".formatted(RestClient.segment(collection));
    }

    private static JsonNode list(Map<String, String> statuses) {
        var list = RestJson.MAPPER.createArrayNode();
        statuses.forEach((name, status) -> list.addObject().put("name", name).put("activityStatus", status));
        return list;
    }

    @Override
    public Map<String, String> aliases() throws MigrationException {
        var aliases = new TreeMap<String, String>();
        try {
            for (var alias : rest.get("/v1/aliases").path("aliases")) {
                aliases.put(alias.path("alias").asText(), alias.path("class").asText());
            }
            return aliases;
        } catch (MigrationException.Refused unknown) {
            if (unknown.status() == 404 || unknown.status() == 405) {
                return Map.of();
            }
            throw unknown;
        }
    }

    @Override
    public void createAlias(String alias, String collection) throws MigrationException {
        send(
                HttpMethod.POST,
                "/v1/aliases",
                RestJson.MAPPER.createObjectNode().put("alias", alias).put("class", collection));
    }

    @Override
    public WriteResult addReferences(Place place, List<Reference> references) throws MigrationException {
        var list = RestJson.MAPPER.createArrayNode();
        references.forEach(reference -> {
            var one = list.addObject()
                    .put(
                            "from",
                            "weaviate://localhost/%s/%s/%s"
                                    .formatted(place.collection(), reference.from(), reference.property()))
                    .put("to", reference.beacon());
            place.tenant().ifPresent(tenant -> one.put("tenant", tenant));
        });
        var from = references.stream().map(Reference::from).toList();
        return rest.ask(
                HttpMethod.POST,
                "/v1/batch/references?consistency_level=QUORUM",
                Optional.of(Buffer.buffer(list.toString())),
                body -> BatchReply.of(body, from));
    }

    private void send(HttpMethod method, String path, JsonNode body) throws MigrationException {
        rest.exchange(method, path, Optional.of(Buffer.buffer(body.toString())));
    }

    @Override
    public void close() {
        rest.close();
    }
}
