package dev.heddle.bucket;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.heddle.bucket.Descriptors.UnreadableException;
import dev.heddle.core.backup.CollectionDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The parts of a collection in a descriptor that are JSON of their own, in base64. */
final class Definitions {
    /** Instead of the name of a module. */
    private static final String NO_MODULE = "none";

    private final Map<String, Set<String>> homes = new HashMap<>();
    /** One set for all shards of the same nodes: there may be a shard for each of many thousand tenants. */
    private final Map<Set<String>, Set<String>> groups = new HashMap<>();

    private final Set<String> modules = new HashSet<>();
    private final Set<String> aliases = new HashSet<>();
    private boolean schema;
    private boolean state;
    private boolean tenants;

    boolean tenants() {
        return tenants;
    }

    CollectionDefinition whole(String collection) throws UnreadableException {
        if (!schema || !state) {
            throw new UnreadableException("lacks \"schema\" or \"shardingState\" of collection " + collection);
        }
        return new CollectionDefinition(homes, modules, aliases);
    }

    /** Passes over fields that it does not know. */
    void read(String name, JsonParser outer) throws IOException, UnreadableException {
        boolean known = "schema".equals(name) || "shardingState".equals(name) || "aliases".equals(name);
        if (!known || outer.currentToken() != JsonToken.VALUE_STRING) {
            outer.skipChildren();
            return;
        }
        try (var json = Descriptors.JSON.createParser(decoded(name, outer))) {
            json.nextToken();
            switch (name) {
                case "schema" -> schema(json);
                case "shardingState" -> shardingState(json);
                default -> Descriptors.array(json, this::alias);
            }
        }
    }

    private static byte[] decoded(String name, JsonParser outer) throws IOException, UnreadableException {
        var decoded = new ByteArrayOutputStream();
        try {
            outer.readBinaryValue(decoded);
        } catch (IllegalArgumentException noBase64) {
            throw new UnreadableException("has no base64 in \"%s\"".formatted(name));
        }
        return decoded.toByteArray();
    }

    private void schema(JsonParser json) throws IOException, UnreadableException {
        schema = true;
        Descriptors.object(json, (name, value) -> {
            switch (name) {
                case "vectorizer" -> module(Descriptors.text(name, value));
                case "moduleConfig" -> names(value);
                case "vectorConfig" -> Descriptors.object(value, (vector, it) -> vector(it));
                default -> value.skipChildren();
            }
        });
    }

    private void vector(JsonParser json) throws IOException, UnreadableException {
        Descriptors.object(json, (name, value) -> {
            if ("vectorizer".equals(name)) {
                names(value);
            } else {
                value.skipChildren();
            }
        });
    }

    private void names(JsonParser json) throws IOException, UnreadableException {
        Descriptors.object(json, (name, value) -> {
            module(name);
            value.skipChildren();
        });
    }

    private void module(String name) {
        if (!name.isEmpty() && !NO_MODULE.equals(name)) {
            modules.add(name);
        }
    }

    private void shardingState(JsonParser json) throws IOException, UnreadableException {
        state = true;
        Descriptors.object(json, (name, value) -> {
            switch (name) {
                case "physical" -> Descriptors.object(value, this::shard);
                case "partitioningEnabled" -> tenants = value.currentToken() == JsonToken.VALUE_TRUE;
                default -> value.skipChildren();
            }
        });
    }

    private void shard(String shard, JsonParser json) throws IOException, UnreadableException {
        var nodes = new HashSet<String>();
        Descriptors.object(json, (name, value) -> {
            if ("belongsToNodes".equals(name)) {
                Descriptors.array(value, it -> nodes.add(Descriptors.text(name, it)));
            } else {
                value.skipChildren();
            }
        });
        homes.put(shard, groups.computeIfAbsent(Set.copyOf(nodes), same -> same));
    }

    private void alias(JsonParser json) throws IOException, UnreadableException {
        Descriptors.object(json, (name, value) -> {
            if ("alias".equals(name)) {
                aliases.add(Descriptors.text(name, value));
            } else {
                value.skipChildren();
            }
        });
    }
}
