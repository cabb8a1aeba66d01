package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A GPU request; the operator picks the nodes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GpuSpec(
        @JsonPropertyDescription("Default nvidia.") GpuVendor vendor,

        @JsonPropertyDescription("GPUs of each pod. Default 1.") @Min(1) @Max(64)
        Integer count,

        @JsonPropertyDescription(
                "Accepted products as in the node label of the vendor, for example NVIDIA-A10G. Default: any.")
        @Size(max = 16)
        List<@Pattern("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$") @Size(max = 63) String> products,

        @JsonPropertyDescription("Least memory of one GPU, for example 24Gi. Default: any.")
        @ValidationRule(
                value = "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$')",
                message = "gpu.minMemory must be a number and a unit, for example 24Gi")
        @Size(max = 32)
        String minMemory,

        @JsonPropertyDescription("Runs on CPU while no node fits. Default false.")
        Boolean allowCpuFallback) {}
