package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The volume of each Weaviate node. */
@ValidationRule(
        value =
                "!has(self.autoResize) || !has(self.size) || !isQuantity(self.size) || !isQuantity(self.autoResize.limit) || quantity(self.autoResize.limit).compareTo(quantity(self.size)) >= 0",
        message = "storage.autoResize.limit must not be below storage.size")
@ValidationRule(
        value = "!has(self.size) || !isQuantity(self.size) || quantity(self.size).isGreaterThan(quantity('0'))",
        message = "storage.size must be above zero")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageSpec(
        @JsonPropertyDescription("Size of each volume; may grow, never shrink. Default 10Gi.")
        @ValidationRule(
                value = "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$')",
                message = "storage.size must be a number and a unit, for example 100Gi")
        @Size(max = 32)
        String size,

        @JsonPropertyDescription("Storage class; the default class of the Kubernetes cluster when absent.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String storageClassName,

        @JsonPropertyDescription("More of the claim template.")
        VolumeClaimTemplateSpec volumeClaimTemplate,

        @JsonPropertyDescription("Growing the volumes by free space.")
        AutoResizeSpec autoResize,

        @JsonPropertyDescription("What becomes of the volumes when the cluster is deleted. Default Retain.")
        ReclaimPolicy reclaimPolicy) {}
