package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The cloud that the cluster runs on. */
@ValidationRule(value = "self.type == 'aws' || !has(self.aws)", message = "cloudProvider.aws needs type aws")
@ValidationRule(value = "self.type == 'gcp' || !has(self.gcp)", message = "cloudProvider.gcp needs type gcp")
@ValidationRule(value = "self.type == 'azure' || !has(self.azure)", message = "cloudProvider.azure needs type azure")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CloudProviderSpec(
        @JsonPropertyDescription("aws, gcp or azure.") @Required
        CloudType type,

        @JsonPropertyDescription("Region, for backups and node placement.") @Pattern("^[a-z0-9-]+$") @Size(max = 64)
        String region,

        @JsonPropertyDescription("Settings of AWS.") AwsSpec aws,

        @JsonPropertyDescription("Settings of Google Cloud.")
        GcpSpec gcp,

        @JsonPropertyDescription("Settings of Azure.") AzureSpec azure) {}
