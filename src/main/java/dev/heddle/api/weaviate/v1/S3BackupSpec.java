package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A bucket that speaks S3. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3BackupSpec(
        @JsonPropertyDescription("Name of the bucket; it must exist.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$')",
                message =
                        "backup.s3.bucket must be the name of a bucket: 3 to 63 lower case letters, digits, dots and dashes")
        @Size(max = 63)
        String bucket,

        @JsonPropertyDescription("Prefix in the bucket. Default namespace/name, so that clusters never share one.")
        @ValidationRule(
                value = "self.matches('^[A-Za-z0-9!_.*()-]+(/[A-Za-z0-9!_.*()-]+)*$')",
                message = "backup.s3.path must be a prefix such as team/database, without a slash at either end")
        @Size(max = 512)
        String path,

        @JsonPropertyDescription(
                "Host and port of the S3 server; with http:// for a plain connection. Default s3.amazonaws.com.")
        @ValidationRule(
                value = "self.matches('^(https?://)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$')",
                message =
                        "backup.s3.endpoint must be a host, a port if need be, http:// or https:// in front, and no path")
        @Size(max = 253)
        String endpoint,

        @JsonPropertyDescription("Region of the bucket.") @Pattern("^[a-z0-9-]+$") @Size(max = 64)
        String region,

        @JsonPropertyDescription(
                "Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Default: the identity of the service account.")
        SecretRefSpec credentialsSecretRef) {}
