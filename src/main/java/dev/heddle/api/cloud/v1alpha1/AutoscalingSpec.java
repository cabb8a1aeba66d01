package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Number of nodes by load; on when the block is there. */
@ValidationRule(
        value = "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
        message = "autoscaling.minReplicas must not be above autoscaling.maxReplicas")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoscalingSpec(
        @JsonPropertyDescription("Default: spec.instances, else 1.") @Min(1) @Max(100)
        Integer minReplicas,

        @JsonPropertyDescription("Never more nodes than this.") @Required @Min(1) @Max(100)
        Integer maxReplicas,

        @JsonPropertyDescription("Target use of the CPU request, percent. Default 80 when no target is given.")
        @Min(1)
        @Max(100)
        Integer targetCPU,

        @JsonPropertyDescription("Target use of the memory request, percent.") @Min(1) @Max(100)
        Integer targetMemory,

        @JsonPropertyDescription("Target queries per second of one node.") @Min(1) @Max(10000000)
        Integer targetQPS,

        @JsonPropertyDescription("Target 95th percentile latency, for example 50ms.")
        @ValidationRule(
                value = "self.matches('^[1-9][0-9]{0,8}(ms|s)$')",
                message = "autoscaling.targetLatency must be a number of ms or s, for example 50ms")
        @Size(max = 16)
        String targetLatency) {}
