package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** Last decision of the autoscaler. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoScalingStatus(
        @JsonPropertyDescription("Number of nodes decided.") Integer replicas,
        @JsonPropertyDescription("Why.") String reason,
        @JsonPropertyDescription("When, RFC 3339.") String lastScaleTime,

        @JsonPropertyDescription("Numbers behind the decision.")
        Map<String, String> metrics) {}
