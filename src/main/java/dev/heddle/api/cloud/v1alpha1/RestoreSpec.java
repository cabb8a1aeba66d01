package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** What the user asks for; the operator never writes here. */
@ValidationRule(
        value = "has(self.backupRef) != has(self.source)",
        message = "spec.backupRef and spec.source: give one of them")
@ValidationRule(
        value =
                "!has(self.include) || !has(self.exclude) || !has(self.include.collections) || !has(self.exclude.collections) || size(self.include.collections) == 0 || size(self.exclude.collections) == 0",
        message = "spec.include and spec.exclude: give one of them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreSpec(
        @JsonPropertyDescription(
                "The cluster that gets the data. One that is not there or not ready yet is waited for.")
        @Required
        BackupClusterRefSpec clusterRef,

        @JsonPropertyDescription("The Backup that is restored.")
        RestoreBackupRefSpec backupRef,

        @JsonPropertyDescription("The backup in a bucket that is restored, where there is no Backup for it.")
        RestoreSourceSpec source,

        @JsonPropertyDescription("Only these collections. Default: all in the backup.")
        BackupCollectionsSpec include,

        @JsonPropertyDescription("All collections but these.")
        BackupCollectionsSpec exclude,

        @JsonPropertyDescription(
                "Which node of the cluster gets the data of which node of the backup: old name to new one. Default: the node of the same name, else the one with the same number. Other names need Weaviate 1.36.0.")
        @Size(max = 128)
        Map<String, String> nodeMapping,

        @JsonPropertyDescription("Roles of the backup; All replaces those of the cluster. Default None.")
        RestoreScope roles,

        @JsonPropertyDescription("Database users of the backup; All replaces those of the cluster. Default None.")
        RestoreScope users,

        @JsonPropertyDescription(
                "Whether aliases of the backup replace those of the same name that the cluster has. Default: they stay.")
        Boolean overwriteAliases,

        @JsonPropertyDescription("Share of each node's CPU that the restore may use, in percent. Default 50.")
        @Min(1)
        @Max(80)
        Integer cpuPercentage,

        @JsonPropertyDescription(
                "Time after which a restore that goes on is cancelled, all attempts together, for example 90m. Default 24h.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "spec.timeout must be days, hours, minutes and seconds above zero, for example 90m or 24h")
        @Size(min = 2, max = 21)
        String timeout,

        @JsonPropertyDescription("Keeps a restore from beginning. One that has begun is carried to its end.")
        Boolean suspend) {}
