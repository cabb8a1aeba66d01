package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Container of the backup module. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AzureBackupSpec(
        @JsonPropertyDescription("Name of the storage account.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9]{3,24}$')",
                message = "azure.backup.storageAccount must be 3 to 24 lower case letters and digits")
        @Size(max = 24)
        String storageAccount,

        @JsonPropertyDescription("Name of the blob container.")
        @Required
        @ValidationRule(
                value = "self.matches('^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$')",
                message = "azure.backup.container must be 3 to 63 lower case letters, digits and dashes")
        @Size(max = 63)
        String container,

        @JsonPropertyDescription("Access key of the storage account. Default: workload identity.")
        SecretKeyRefSpec keySecretRef) {}
