package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Moving shard replicas to new nodes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebalanceSpec(
        @JsonPropertyDescription("Default true.") Boolean enabled,

        @JsonPropertyDescription("Default 4.") @Min(1) @Max(100)
        Integer maxConcurrentMoves) {}
