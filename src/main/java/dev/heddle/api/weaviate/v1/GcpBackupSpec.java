package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** Bucket of the backup module. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GcpBackupSpec(
        @JsonPropertyDescription("Name of the bucket.") @Required @Pattern("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$")
        String bucket) {}
