package dev.heddle.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kubernetes' own types inside of our resources: fabric8's classes carry neither descriptions nor bounds, so that a
 * wrong toleration would only be found when the StatefulSet is refused. What stands in our records is never replaced; rules are added to.
 */
final class EmbeddedTypes {
    /** Where such types begin. */
    private static final List<String> ROOTS = List.of(
            "spec.env",
            "spec.resources",
            "spec.modules[].resources",
            "spec.autoScaling.vertical",
            "spec.image.pullSecrets",
            "spec.scheduling.affinity",
            "spec.scheduling.tolerations",
            "spec.tolerations",
            "spec.scheduling.topologySpreadConstraints",
            "spec.access[].subjects",
            "status.conditions");

    private static final Map<String, JsonNode> FRAGMENTS = parse(EmbeddedFragments.YAML);

    private static final String RULES = "x-kubernetes-validations";

    private EmbeddedTypes() {}

    /** Completes a block and all below. @param path property names; [] for items and {} for values of a map */
    static void complete(JSONSchemaProps schema, String path) {
        if (ROOTS.stream().anyMatch(path::startsWith)) {
            fragment(path).ifPresent(fragment -> fill(schema, fragment));
            // The pods have no resourceClaims that such a claim could name.
            schema.getProperties().remove("claims");
        }
        schema.getProperties().forEach((name, property) -> complete(property, path + "." + name));
        if (schema.getItems() != null) {
            complete(schema.getItems().getSchema(), path + "[]");
        }
        if (schema.getAdditionalProperties() != null) {
            complete(schema.getAdditionalProperties().getSchema(), path + "{}");
        }
    }

    /** The longest end of the path that has one. */
    private static Optional<JsonNode> fragment(String path) {
        return Stream.iterate(
                        path,
                        end -> !end.isEmpty(),
                        end -> end.contains(".") ? end.substring(end.indexOf('.') + 1) : "")
                .filter(FRAGMENTS::containsKey)
                .max(Comparator.comparing(String::length))
                .map(FRAGMENTS::get);
    }

    private static void fill(JSONSchemaProps schema, JsonNode fragment) {
        ObjectNode present = Serialization.jsonMapper().valueToTree(schema);
        ObjectNode missing = fragment.deepCopy();
        missing.remove(present.propertyStream().map(Map.Entry::getKey).toList());
        if (present.has(RULES) && fragment.has(RULES)) {
            ArrayNode both = missing.putArray(RULES);
            both.addAll((ArrayNode) present.get(RULES)).addAll((ArrayNode) fragment.get(RULES));
        }
        try {
            Serialization.jsonMapper().readerForUpdating(schema).readValue(missing.toString());
        } catch (JsonProcessingException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static Map<String, JsonNode> parse(String yaml) {
        JsonNode tree = Serialization.unmarshal(yaml, JsonNode.class);
        return tree.propertyStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
