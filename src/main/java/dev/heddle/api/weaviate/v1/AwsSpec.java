package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Settings of AWS. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AwsSpec(
        @JsonPropertyDescription(
                "Uses a gp3 storage class with raised throughput, made by the operator, unless storage.storageClassName is given.")
        Boolean ebsOptimized,

        @JsonPropertyDescription("Instance type that pods need, for example r6i.4xlarge.")
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9_.]*$")
        @Size(max = 63)
        String instanceType,

        @JsonPropertyDescription("Prefers nodes with local NVMe disks.")
        Boolean useLocalNVMe,

        @JsonPropertyDescription("Bucket of the backup module.")
        AwsBackupSpec backup,

        @JsonPropertyDescription("IAM role of the pods (IRSA): annotation of the service account.")
        @ValidationRule(
                value = "self.matches('^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$')",
                message = "aws.roleArn must be the ARN of a role, for example arn:aws:iam::123456789012:role/weaviate")
        @Size(max = 256)
        String roleArn) {}
