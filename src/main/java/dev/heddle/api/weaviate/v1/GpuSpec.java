package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
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
        List<String> products,

        @JsonPropertyDescription("Least memory of one GPU, for example 24Gi. Default: any.")
        @Pattern("^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$")
        @Size(max = 32)
        String minMemory,

        @JsonPropertyDescription("Runs on CPU while no node fits. Default false.")
        Boolean allowCpuFallback) {}
