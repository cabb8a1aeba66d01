package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Bucket of the backup module. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GcpBackupSpec(
        @JsonPropertyDescription("Name of the bucket.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$')",
                message =
                        "gcp.backup.bucket must be the name of a bucket: 3 to 63 lower case letters, digits, dots, dashes and underscores")
        @Size(max = 63)
        String bucket) {}
