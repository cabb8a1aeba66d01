package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Raising requests in place, within bounds. */
@ValidationRule(
        value =
                "(!has(self.minAllowed) || self.minAllowed.all(r, r in ['cpu', 'memory'])) && (!has(self.maxAllowed) || self.maxAllowed.all(r, r in ['cpu', 'memory']))",
        message = "autoScaling.vertical: minAllowed and maxAllowed are for cpu and memory")
@ValidationRule(
        value =
                "!has(self.minAllowed) || !has(self.maxAllowed) || self.minAllowed.all(r, !(r in self.maxAllowed) || !isQuantity(string(self.minAllowed[r])) || !isQuantity(string(self.maxAllowed[r])) || quantity(string(self.minAllowed[r])).compareTo(quantity(string(self.maxAllowed[r]))) <= 0)",
        message = "autoScaling.vertical.minAllowed must not be above autoScaling.vertical.maxAllowed")
@ValidationRule(
        value = "!has(self.enabled) || !self.enabled || (has(self.maxAllowed) && size(self.maxAllowed) > 0)",
        message = "autoScaling.vertical.maxAllowed is required when autoScaling.vertical is enabled")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerticalScalingSpec(
        @JsonPropertyDescription("Default false. Has an effect only where autoScaling is enabled too.")
        Boolean enabled,

        @JsonPropertyDescription("Lower bound per resource: what a node has at least.") @Size(max = 8)
        Map<String, Quantity> minAllowed,

        @JsonPropertyDescription(
                "Upper bound per resource. One that is not named here stays as it is in spec.resources.")
        @Size(max = 8)
        Map<String, Quantity> maxAllowed) {}
