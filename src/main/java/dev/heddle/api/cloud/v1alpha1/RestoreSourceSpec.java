package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A backup in a bucket, whoever took it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSourceSpec(
        @JsonPropertyDescription("Name of the backup: the folder with backup_config.json, below the prefix.")
        @Required
        @Pattern("^[a-z0-9_-]+$")
        @Size(min = 1, max = 255)
        String id,

        @JsonPropertyDescription("A bucket that speaks S3.") @Required
        RestoreBucketSpec s3) {}
