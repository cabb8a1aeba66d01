package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A ConfigMap that holds any part of the spec. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValuesFromSpec(
        @JsonPropertyDescription("Default ConfigMap.") ValuesKind kind,

        @JsonPropertyDescription("Name of the ConfigMap, in the same namespace.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("Default values.yaml.") @Pattern("^[-._a-zA-Z0-9]+$") @Size(min = 1, max = 253)
        String key,

        @JsonPropertyDescription("Goes on without it. Default false.")
        Boolean optional) {}
