package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether a collection that is on the target can hold the source's objects. */
final class SchemaComparison {
    private SchemaComparison() {}

    /** Field by field, what cannot hold them; settings that only make searches faster or slower may differ. */
    static List<String> conflicts(JsonNode source, JsonNode target) {
        var name = source.path("class").asText();
        var conflicts = new ArrayList<String>();
        var wanted = fields(source);
        var there = fields(target);
        wanted.forEach((field, value) -> {
            var other = there.get(field);
            var property = field.startsWith("properties.");
            if (other == null ? !property : !other.equals(value)) {
                conflicts.add("%s.%s: %s on the source, %s on the target"
                        .formatted(name, field, value, other == null ? "absent" : other));
            }
        });
        there.keySet().stream()
                .filter(field -> field.startsWith("vector") && !wanted.containsKey(field))
                .forEach(field -> conflicts.add(
                        "%s.%s: absent on the source, %s on the target".formatted(name, field, there.get(field))));
        return conflicts;
    }

    private static Map<String, String> fields(JsonNode definition) {
        var fields = new TreeMap<String, String>();
        fields.put(
                "multiTenancyConfig.enabled",
                String.valueOf(definition.at("/multiTenancyConfig/enabled").asBoolean()));
        vectors(definition).forEach((path, vector) -> {
            var distance = vector.at("/vectorIndexConfig/distance").asText("");
            if (!distance.isEmpty()) {
                fields.put(path + "vectorIndexConfig.distance", distance);
            }
            fields.put(
                    path + "vectorIndexConfig.multivector.enabled",
                    String.valueOf(
                            vector.at("/vectorIndexConfig/multivector/enabled").asBoolean()));
        });
        properties("properties.", definition.path("properties"), fields);
        return fields;
    }

    private static void properties(String path, JsonNode properties, Map<String, String> fields) {
        properties.forEach(property -> {
            var here = path + property.path("name").asText();
            fields.put(here + ".dataType", property.path("dataType").toString());
            properties(here + ".", property.path("nestedProperties"), fields);
        });
    }

    private static Map<String, JsonNode> vectors(JsonNode definition) {
        var vectors = new LinkedHashMap<String, JsonNode>();
        if (CollectionShape.of(definition).vectors().containsKey("")) {
            vectors.put("", definition);
        }
        definition
                .path("vectorConfig")
                .forEachEntry((name, config) -> vectors.put("vectorConfig." + name + ".", config));
        return vectors;
    }
}
