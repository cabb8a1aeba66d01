package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Raising requests in place, within bounds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerticalScalingSpec(
        @JsonPropertyDescription("Default false.") Boolean enabled,

        @JsonPropertyDescription("Lower bound per resource.") @Size(max = 8)
        Map<String, Quantity> minAllowed,

        @JsonPropertyDescription("Upper bound per resource.") @Size(max = 8)
        Map<String, Quantity> maxAllowed) {}
