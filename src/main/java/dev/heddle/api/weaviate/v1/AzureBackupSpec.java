package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** Container of the backup module. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AzureBackupSpec(
        @JsonPropertyDescription("Name of the storage account.") @Required @Pattern("^[a-z0-9]{3,24}$")
        String storageAccount,

        @JsonPropertyDescription("Name of the blob container.")
        @Required
        @Pattern("^[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])$")
        String container,

        @JsonPropertyDescription("Access key of the storage account. Default: workload identity.")
        SecretKeyRefSpec keySecretRef) {}
