package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Settings of Azure. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AzureSpec(
        @JsonPropertyDescription(
                "Uses a Premium SSD storage class, made by the operator, unless storage.storageClassName is given.")
        Boolean usePremiumStorage,

        @JsonPropertyDescription("VM size that pods need, for example Standard_E8s_v5.")
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9_.]*$")
        @Size(max = 63)
        String vmSize,

        @JsonPropertyDescription("Container of the backup module.")
        AzureBackupSpec backup,

        @JsonPropertyDescription(
                "Client id of the managed identity of the pods (workload identity): annotation of the service account.")
        @ValidationRule(
                value = "self.matches('^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$')",
                message = "azure.clientId must be a UUID")
        @Size(max = 36)
        String clientId) {}
