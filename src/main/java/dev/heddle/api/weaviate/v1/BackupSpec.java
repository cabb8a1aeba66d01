package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where the backup module of Weaviate writes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupSpec(
        @JsonPropertyDescription("A bucket that speaks S3.") S3BackupSpec s3) {}
