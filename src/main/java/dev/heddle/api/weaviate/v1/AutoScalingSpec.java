package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Number of nodes by load. */
@ValidationRule(
        value = "!has(self.enabled) || !self.enabled || has(self.maxReplicas)",
        message = "autoScaling.maxReplicas is required when autoScaling is enabled")
@ValidationRule(
        value = "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
        message = "autoScaling.minReplicas must not be above autoScaling.maxReplicas")
@ValidationRule(
        value =
                "!has(self.enabled) || !self.enabled || has(self.targetCPU) || has(self.targetMemory) || has(self.targetQPS) || has(self.targetLatency)",
        message = "autoScaling needs at least one of targetCPU, targetMemory, targetQPS and targetLatency when enabled")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoScalingSpec(
        @JsonPropertyDescription("Default false.") Boolean enabled,

        @JsonPropertyDescription("Default: spec.replicas.") @Min(1) @Max(100)
        Integer minReplicas,

        @JsonPropertyDescription("Required when enabled.") @Min(1) @Max(100)
        Integer maxReplicas,

        @JsonPropertyDescription("Target use of the CPU request, percent.") @Min(1) @Max(100)
        Integer targetCPU,

        @JsonPropertyDescription("Target use of the memory request, percent.") @Min(1) @Max(100)
        Integer targetMemory,

        @JsonPropertyDescription(
                "Target queries per second of one node: searches, aggregations, reads and writes of single objects.")
        @Min(1)
        @Max(10000000)
        Integer targetQPS,

        @JsonPropertyDescription("Target 95th percentile latency, for example 50ms.")
        @ValidationRule(
                value = "self.matches('^[1-9][0-9]{0,8}(ms|s)$')",
                message = "autoScaling.targetLatency must be a number of ms or s, for example 50ms")
        @Size(max = 16)
        String targetLatency,

        @JsonPropertyDescription("Stabilization windows and cool-downs.")
        ScalingBehaviorSpec behavior,

        @JsonPropertyDescription("CPU and memory requests raised by load, in place, before nodes are added for them.")
        VerticalScalingSpec vertical,

        @JsonPropertyDescription("A Prometheus that is asked for some metrics.")
        PrometheusSpec prometheus) {}
