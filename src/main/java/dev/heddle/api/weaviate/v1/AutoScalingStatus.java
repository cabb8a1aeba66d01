package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** Last decision of the autoscaler; it is read back after a restart of the operator. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoScalingStatus(
        @JsonPropertyDescription("Number of nodes decided.") Integer replicas,
        @JsonPropertyDescription("Why.") String reason,

        @JsonPropertyDescription("When the number was last changed, RFC 3339.")
        String lastScaleTime,

        @JsonPropertyDescription("Numbers behind the decision: cpu, memory, qps, latency.")
        Map<String, MetricStatus> metrics,

        @JsonPropertyDescription("What the nodes have grown to.")
        VerticalScalingStatus vertical) {}
