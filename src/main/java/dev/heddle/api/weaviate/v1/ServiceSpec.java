package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** The Service that clients use. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceSpec(
        @JsonPropertyDescription("Default ClusterIP.") ServiceType type,

        @JsonPropertyDescription("Annotations of the Service.") @Size(max = 64)
        Map<String, String> annotations) {}
