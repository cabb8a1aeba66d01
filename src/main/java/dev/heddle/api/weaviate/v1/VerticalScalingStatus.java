package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Requests raised in place. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerticalScalingStatus(
        @JsonPropertyDescription("Requests of each node, in place of those in spec.resources; limits keep their ratio.")
        Map<String, Quantity> requests,

        @JsonPropertyDescription("When they were last raised, RFC 3339.")
        String lastRaiseTime) {}
