package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where a backup lies. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupStorageSpec(
        @JsonPropertyDescription("A bucket that speaks S3.") @Required
        BackupBucketSpec s3) {}
