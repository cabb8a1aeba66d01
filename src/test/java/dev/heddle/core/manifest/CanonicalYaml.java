package dev.heddle.core.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** YAML with sorted keys, so that a diff shows changes and nothing else. */
final class CanonicalYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(
                    Feature.INDENT_ARRAYS_WITH_INDICATOR,
                    Feature.MINIMIZE_QUOTES,
                    Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
            .build();

    private CanonicalYaml() {}

    static String of(Object object) {
        try {
            return YAML.writeValueAsString(Serialization.jsonMapper().convertValue(object, Map.class));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }
}
