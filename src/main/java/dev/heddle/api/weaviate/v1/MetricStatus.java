package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One metric of the autoscaler. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricStatus(
        @JsonPropertyDescription("Average of a node; of the latency, the 95th percentile over all.")
        String current,

        @JsonPropertyDescription("What is aimed at.") String target,

        @JsonPropertyDescription("Nodes that this metric asks for.")
        Integer desired,

        @JsonPropertyDescription("Why it is not known, or not in full; then no node is removed.")
        String error) {}
