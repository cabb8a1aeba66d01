package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Resources of an inference container: memory and cpu set request and limit alike; requests and limits win. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModuleResourcesSpec(
        @JsonPropertyDescription("Memory request and limit.")
        Quantity memory,

        @JsonPropertyDescription("CPU request.") Quantity cpu,

        @JsonPropertyDescription("Requests by resource.") @Size(max = 16)
        Map<String, Quantity> requests,

        @JsonPropertyDescription("Limits by resource.") @Size(max = 16)
        Map<String, Quantity> limits) {}
