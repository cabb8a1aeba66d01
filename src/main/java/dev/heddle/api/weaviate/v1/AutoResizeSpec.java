package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Growing volumes by free space. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoResizeSpec(
        @JsonPropertyDescription("Volumes never grow beyond this size.")
        @Required
        @ValidationRule(
                value = "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$')",
                message = "storage.autoResize.limit must be a number and a unit, for example 100Gi")
        @Size(max = 32)
        String limit,

        @JsonPropertyDescription("Free space below which a volume grows: a quantity or a percentage. Default 20%.")
        @ValidationRule(
                value =
                        "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$') || self.matches('^[1-9][0-9]?%$')",
                message =
                        "storage.autoResize.minFreeThreshold must be a number and a unit or a percentage, for example 10Gi or 20%")
        @Size(max = 32)
        String minFreeThreshold,

        @JsonPropertyDescription("Growth of one step. Default 20% of the present size, at least 1Gi.")
        @ValidationRule(
                value =
                        "self.matches('^[0-9]{1,12}([.][0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)$') && !self.matches('^[0.]+[^0-9.]*$')",
                message = "storage.autoResize.increment must be a number above zero and a unit, for example 10Gi")
        @Size(max = 32)
        String increment) {}
