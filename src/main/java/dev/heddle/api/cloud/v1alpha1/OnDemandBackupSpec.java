package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What the user asks for; the operator never writes here. */
@ValidationRule(
        value =
                "!has(self.include) || !has(self.exclude) || !has(self.include.collections) || !has(self.exclude.collections) || size(self.include.collections) == 0 || size(self.exclude.collections) == 0",
        message = "spec.include and spec.exclude: give one of them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OnDemandBackupSpec(
        @JsonPropertyDescription("The cluster that is backed up.") @Required
        BackupClusterRefSpec clusterRef,

        @JsonPropertyDescription("Only these collections. Default: all.")
        BackupCollectionsSpec include,

        @JsonPropertyDescription("All collections but these.")
        BackupCollectionsSpec exclude,

        @JsonPropertyDescription("How the backup is compressed. Default: Default, which is gzip.")
        BackupCompression compression,

        @JsonPropertyDescription("Share of each node's CPU that the backup may use, in percent. Default 50.")
        @Min(1)
        @Max(80)
        Integer cpuPercentage,

        @JsonPropertyDescription("Where the backup lies. Default: where the cluster is configured to write.")
        BackupStorageSpec storage,

        @JsonPropertyDescription(
                "Time after which a backup that goes on is cancelled, all attempts together, for example 90m. Default 24h.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "spec.timeout must be days, hours, minutes and seconds above zero, for example 90m or 24h")
        @Size(min = 2, max = 21)
        String timeout,

        @JsonPropertyDescription(
                "What becomes of the data in the bucket when this resource is deleted. Default Retain.")
        ReclaimPolicy deletionPolicy,

        @JsonPropertyDescription("Keeps a backup from beginning. One that has begun is carried to its end.")
        Boolean suspend) {}
