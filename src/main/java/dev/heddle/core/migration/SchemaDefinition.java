package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/** The definition of a collection, as Weaviate tells and takes it. */
final class SchemaDefinition {
    private SchemaDefinition() {}

    /** What the target takes while the collections that this one refers to may not be there. */
    static ObjectNode withoutReferences(ObjectNode definition) {
        var clean = definition.deepCopy();
        if (clean.path("properties") instanceof ArrayNode properties) {
            for (var index = properties.size() - 1; index >= 0; index--) {
                if (reference(properties.get(index))) {
                    properties.remove(index);
                }
            }
        }
        if (clean.at("/multiTenancyConfig/enabled").asBoolean()) {
            clean.remove("shardingConfig");
        } else if (clean.path("shardingConfig") instanceof ObjectNode sharding) {
            sharding.remove(Set.of("actualCount", "actualVirtualCount", "desiredVirtualCount"));
        }
        return clean;
    }

    static boolean reference(JsonNode property) {
        var type = property.path("dataType").path(0).asText();
        return !type.isEmpty() && Character.isUpperCase(type.charAt(0));
    }

    /** Vectorizers, generators and rerankers that it names. */
    static Set<String> modules(JsonNode definition) {
        var modules = new TreeSet<String>();
        modules.add(definition.path("vectorizer").asText("none"));
        definition.path("moduleConfig").fieldNames().forEachRemaining(modules::add);
        definition
                .path("vectorConfig")
                .forEach(vector -> vector.path("vectorizer").fieldNames().forEachRemaining(modules::add));
        modules.remove("none");
        modules.remove("");
        return modules;
    }
}
