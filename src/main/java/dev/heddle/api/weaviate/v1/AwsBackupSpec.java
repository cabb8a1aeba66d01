package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Bucket of the backup module. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AwsBackupSpec(
        @JsonPropertyDescription("Name of the bucket.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$')",
                message =
                        "aws.backup.bucket must be the name of a bucket: 3 to 63 lower case letters, digits, dots and dashes")
        @Size(max = 63)
        String bucket,

        @JsonPropertyDescription("Region of the bucket. Default: cloudProvider.region.")
        @Pattern("^[a-z0-9-]+$")
        @Size(max = 64)
        String region) {}
