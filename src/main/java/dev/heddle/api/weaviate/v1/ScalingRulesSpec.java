package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Stabilization in one direction. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingRulesSpec(
        @JsonPropertyDescription("Window over which the recommendation has to hold, seconds.") @Min(0) @Max(86400)
        Integer stabilizationWindowSeconds,

        @JsonPropertyDescription("Time after a change before the next one in this direction, seconds.")
        @Min(0)
        @Max(86400)
        Integer cooldownSeconds) {}
