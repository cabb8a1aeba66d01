package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Growing volumes by free space. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoResizeSpec(
        @JsonPropertyDescription("Volumes never grow beyond this size.")
        @Required
        @Pattern("^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$")
        @Size(max = 32)
        String limit,

        @JsonPropertyDescription("Free space below which a volume grows: a quantity or a percentage. Default 20%.")
        @Pattern("^([0-9]+(\\.[0-9]+)?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?|[1-9][0-9]?%)$")
        @Size(max = 32)
        String minFreeThreshold,

        @JsonPropertyDescription("Growth of one step. Default 20% of the present size, at least 1Gi.")
        @Pattern("^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$")
        @Size(max = 32)
        String increment) {}
