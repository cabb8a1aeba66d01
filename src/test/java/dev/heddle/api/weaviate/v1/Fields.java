package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a schema, as paths; [] stands for items of a list and values of a map. */
public final class Fields {
    /** Kubernetes' own types; their deeper parts are those of a pod. */
    private static final Set<String> FOREIGN = Set.of("affinity", "labelSelector");

    private Fields() {}

    public static Set<String> of(JsonNode schema) {
        var found = new TreeSet<String>();
        properties(schema, "", found);
        return found;
    }

    /** Takes away what a value has. */
    public static void cover(JsonNode value, Set<String> missing) {
        covered(value, "", missing);
    }

    public static Set<String> undescribed(JsonNode schema) {
        var found = new TreeSet<String>();
        undescribed(schema, "", found);
        return found;
    }

    private static void properties(JsonNode schema, String path, Set<String> found) {
        schema.path("properties").properties().forEach(property -> {
            var name = path + "." + property.getKey();
            found.add(name);
            if (!FOREIGN.contains(property.getKey())) {
                properties(property.getValue(), name, found);
            }
        });
        if (schema.has("items")) {
            properties(schema.get("items"), path + "[]", found);
        }
        if (schema.has("additionalProperties")) {
            properties(schema.get("additionalProperties"), path + "[]", found);
        }
    }

    private static void covered(JsonNode value, String path, Set<String> missing) {
        missing.remove(path);
        value.properties().forEach(field -> {
            covered(field.getValue(), path + "." + field.getKey(), missing);
            covered(field.getValue(), path + "[]", missing);
        });
        value.forEach(item -> covered(item, path + "[]", missing));
    }

    private static void undescribed(JsonNode schema, String path, Set<String> found) {
        schema.path("properties").properties().forEach(property -> {
            var name = path + "." + property.getKey();
            if (!property.getValue().has("description")) {
                found.add(name);
            }
            undescribed(property.getValue(), name, found);
        });
        if (schema.has("items")) {
            undescribed(schema.get("items"), path + "[]", found);
        }
        if (schema.has("additionalProperties")) {
            undescribed(schema.get("additionalProperties"), path + "[]", found);
        }
    }
}
