package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Part of a claim template that is passed on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeClaimTemplateSpec(
        @JsonPropertyDescription("Default [ReadWriteOnce].") @Size(min = 1, max = 4)
        List<AccessMode> accessModes) {}
