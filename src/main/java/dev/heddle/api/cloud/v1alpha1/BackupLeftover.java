package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What an attempt that failed may have left in the bucket. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupLeftover(
        @JsonPropertyDescription("Id of the attempt.") @Required
        String id,

        @JsonPropertyDescription("When something was last found there.") @Required
        String since) {}
