package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.SecretRefSpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A bucket with a backup, and how the operator reaches it; the nodes reach it as the cluster's spec.backup.s3 says. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreBucketSpec(
        @JsonPropertyDescription(
                "Name of the bucket, alone or as s3://bucket/prefix. Alone, the backup lies at the top of the bucket.")
        @Required
        @ValidationRule(
                value = BackupRules.BUCKET,
                message = "source.s3.bucket must be the name of a bucket, or s3://bucket/prefix")
        @Size(max = 600)
        String bucket,

        @JsonPropertyDescription(
                "Host and port of the S3 server; with http:// for a plain connection. Default, and no other: the one of the cluster's spec.backup.s3.")
        @ValidationRule(
                value = "self.matches('^(https?://)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$')",
                message =
                        "source.s3.endpoint must be a host, a port if need be, http:// or https:// in front, and no path")
        @Size(max = 261)
        String endpoint,

        @JsonPropertyDescription("Region of the bucket. Default: the cluster's.")
        @Pattern("^[a-z0-9-]+$")
        @Size(max = 64)
        String region,

        @JsonPropertyDescription(
                "Whether the bucket stands in the path of the address and not in its host. Default: where an endpoint is known.")
        Boolean pathStyle,

        @JsonPropertyDescription(
                "Secret with the certificates, in PEM, that the operator trusts when it looks into the bucket.")
        SecretKeyRefSpec caSecretRef,

        @JsonPropertyDescription(
                "Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, by which the operator looks into the bucket. Default: the cluster's, else the operator's own identity.")
        SecretRefSpec credentialsSecretRef) {}
