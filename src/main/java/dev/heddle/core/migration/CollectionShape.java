package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one has to know of a collection to read and write its objects.
 *
 * @param vectors each vector that an object can have, by name (the unnamed one under the empty name), and whether it is
 *     a multi-vector
 */
public record CollectionShape(
        String name, boolean multiTenant, List<Property> properties, Map<String, Boolean> vectors) {

    /**
     * @param types as in the schema: {@code [text]}, {@code [int[]]}; names of collections for a cross reference
     * @param nested of {@code object} and {@code object[]}
     */
    public record Property(String name, List<String> types, List<Property> nested) {
        /** Names of collections begin with a capital letter, names of types do not. */
        public boolean reference() {
            return !types.isEmpty() && Character.isUpperCase(types.getFirst().charAt(0));
        }
    }

    public List<Property> references() {
        return properties.stream().filter(Property::reference).toList();
    }

    /** @param definition of the collection as Weaviate tells it */
    public static CollectionShape of(JsonNode definition) {
        var vectors = new LinkedHashMap<String, Boolean>();
        if (definition.hasNonNull("vectorIndexConfig")
                || definition.hasNonNull("vectorizer")
                || definition.path("vectorConfig").isEmpty()) {
            vectors.put("", multi(definition));
        }
        definition.path("vectorConfig").forEachEntry((name, config) -> vectors.put(name, multi(config)));
        return new CollectionShape(
                definition.path("class").asText(),
                definition.at("/multiTenancyConfig/enabled").asBoolean(),
                properties(definition.path("properties")),
                Map.copyOf(vectors));
    }

    private static boolean multi(JsonNode holder) {
        return holder.at("/vectorIndexConfig/multivector/enabled").asBoolean();
    }

    private static List<Property> properties(JsonNode list) {
        var properties = new ArrayList<Property>();
        list.forEach(property -> {
            var types = new ArrayList<String>();
            property.path("dataType").forEach(type -> types.add(type.asText()));
            properties.add(new Property(
                    property.path("name").asText(), List.copyOf(types), properties(property.path("nestedProperties"))));
        });
        return List.copyOf(properties);
    }
}
