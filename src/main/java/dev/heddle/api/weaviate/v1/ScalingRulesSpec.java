package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Stabilization in one direction. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingRulesSpec(
        @JsonPropertyDescription(
                "Window over which the recommendation has to hold, seconds. Default 0 for scaleUp, 600 for scaleDown.")
        @Min(0)
        @Max(86400)
        Integer stabilizationWindowSeconds,

        @JsonPropertyDescription(
                "Time after a change, in whatever direction, before one in this direction, seconds. Default 15 for scaleUp, 300 for scaleDown.")
        @Min(0)
        @Max(86400)
        Integer cooldownSeconds) {}
