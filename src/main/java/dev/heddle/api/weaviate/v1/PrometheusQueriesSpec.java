package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** PromQL that gives one number; $namespace and $cluster stand for those of the resource. */
@ValidationRule(
        value = "has(self.cpu) || has(self.memory) || has(self.qps) || has(self.latency)",
        message = "autoScaling.prometheus.queries needs at least one of cpu, memory, qps and latency")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrometheusQueriesSpec(
        @JsonPropertyDescription("Average use of the CPU request, percent.") @Size(min = 1, max = 4096)
        String cpu,

        @JsonPropertyDescription("Average use of the memory request, percent.") @Size(min = 1, max = 4096)
        String memory,

        @JsonPropertyDescription("Queries per second, of all nodes together.") @Size(min = 1, max = 4096)
        String qps,

        @JsonPropertyDescription("Latency in seconds; NaN where nobody asked anything.") @Size(min = 1, max = 4096)
        String latency) {}
