package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Resources of an inference container: memory and cpu set request and limit alike; requests and limits win. */
@ValidationRule(
        value =
                "!has(self.cpu) || !has(self.limits) || !('cpu' in self.limits) || (has(self.requests) && 'cpu' in self.requests) || !isQuantity(string(self.cpu)) || !isQuantity(string(self.limits['cpu'])) || quantity(string(self.cpu)).compareTo(quantity(string(self.limits['cpu']))) <= 0",
        message = "modules.resources.cpu must not be above limits.cpu")
@ValidationRule(
        value =
                "!has(self.memory) || !has(self.limits) || !('memory' in self.limits) || (has(self.requests) && 'memory' in self.requests) || !isQuantity(string(self.memory)) || !isQuantity(string(self.limits['memory'])) || quantity(string(self.memory)).compareTo(quantity(string(self.limits['memory']))) <= 0",
        message = "modules.resources.memory must not be above limits.memory")
@ValidationRule(
        value =
                "!has(self.memory) || !has(self.requests) || !('memory' in self.requests) || (has(self.limits) && 'memory' in self.limits) || !isQuantity(string(self.requests['memory'])) || !isQuantity(string(self.memory)) || quantity(string(self.requests['memory'])).compareTo(quantity(string(self.memory))) <= 0",
        message = "modules.resources.requests.memory must not be above modules.resources.memory, which is the limit")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModuleResourcesSpec(
        @JsonPropertyDescription("Memory request and limit.")
        Quantity memory,

        @JsonPropertyDescription("CPU request.") Quantity cpu,

        @JsonPropertyDescription("Requests by resource.") @Size(max = 16)
        Map<String, Quantity> requests,

        @JsonPropertyDescription("Limits by resource.") @Size(max = 16)
        Map<String, Quantity> limits) {}
