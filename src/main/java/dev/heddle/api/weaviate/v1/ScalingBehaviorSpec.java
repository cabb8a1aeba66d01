package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Stabilization of the autoscaler. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScalingBehaviorSpec(
        @JsonPropertyDescription("When nodes are added.") ScalingRulesSpec scaleUp,
        @JsonPropertyDescription("When nodes are removed.") ScalingRulesSpec scaleDown) {}
