package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The volume of each Weaviate node. */
@ValidationRule(
        value =
                "!has(self.autoResizePolicy) || !has(self.requests) || !isQuantity(self.requests) || !isQuantity(self.autoResizePolicy.limit) || quantity(self.autoResizePolicy.limit).compareTo(quantity(self.requests)) >= 0",
        message = "storage.autoResizePolicy.limit must not be below storage.requests")
@ValidationRule(
        value =
                "!has(self.requests) || !isQuantity(self.requests) || quantity(self.requests).isGreaterThan(quantity('0'))",
        message = "storage.requests must be above zero")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterStorageSpec(
        @JsonPropertyDescription("Size of each volume; may grow, never shrink. Default 10Gi.")
        @ValidationRule(
                value = "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$')",
                message = "storage.requests must be a number and a unit, for example 100Gi")
        @Size(max = 32)
        String requests,

        @JsonPropertyDescription("Growing the volumes by free space.")
        AutoResizeSpec autoResizePolicy,

        @JsonPropertyDescription("Storage class; the default class of the Kubernetes cluster when absent.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String storageClassName,

        @JsonPropertyDescription("What becomes of the volumes when the cluster is deleted. Default Retain.")
        ReclaimPolicy reclaimPolicy) {}
