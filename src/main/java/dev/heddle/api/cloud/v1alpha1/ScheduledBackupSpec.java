package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What the user asks for; the operator never writes here. */
@ValidationRule(
        value = "!has(self.include) || has(self.include.collections) && self.include.collections.size() > 0",
        message = "include.collections needs at least one collection; without include all are backed up")
@ValidationRule(
        value =
                "!has(self.include) || !has(self.exclude) || !has(self.exclude.collections) || self.exclude.collections.size() == 0",
        message = "include and exclude: only one of them may name collections")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledBackupSpec(
        @JsonPropertyDescription(
                "When backups are taken: five fields of cron (minute, hour, day of month, month, day of week), or @hourly, @daily, @weekly, @monthly, @yearly.")
        @Required
        @ValidationRule(
                value = BackupRules.CRON,
                message =
                        "schedule must be five fields of cron (minute, hour, day of month, month, day of week), or a word such as @daily")
        @Size(max = 128)
        String schedule,

        @JsonPropertyDescription("Time zone of the schedule, for example Europe/Berlin. Default UTC.")
        @Pattern(BackupRules.TIME_ZONE)
        @Size(max = 64)
        String timeZone,

        @JsonPropertyDescription(
                "Delays each run by up to this, always the same for the same run, so that many schedules do not begin at once. Never more than half the time to the next run. Default none.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "jitter must be days, hours, minutes and seconds above zero, for example 10m")
        @Size(min = 2, max = 21)
        String jitter,

        @JsonPropertyDescription(
                "A run that cannot begin within this time of its due time is given up, and told of. Default: however late, the latest due run is made up for.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "startingDeadline must be days, hours, minutes and seconds above zero, for example 2h")
        @Size(min = 2, max = 21)
        String startingDeadline,

        @JsonPropertyDescription(
                "What happens when a run is due while the one before goes on. Forbid, the default: it waits. Replace: the one before is cancelled.")
        BackupConcurrency concurrency,

        @JsonPropertyDescription("Stops new runs and pruning. What goes on ends as it would.")
        Boolean suspend,

        @JsonPropertyDescription("Backs up only these. Default: everything.")
        BackupCollectionsSpec include,

        @JsonPropertyDescription("Leaves these out.") BackupCollectionsSpec exclude,

        @JsonPropertyDescription("How the files are compressed. Default: Default, which is gzip.")
        BackupCompression compression,

        @JsonPropertyDescription("Share of each node's CPU that a backup may take, in percent. Default 50.")
        @Min(1)
        @Max(80)
        Integer cpuPercentage,

        @JsonPropertyDescription("The cluster that is backed up.") @Required
        BackupClusterRefSpec clusterRef,

        @JsonPropertyDescription("Where backups are written. Default: where the cluster's backup module writes.")
        BackupStorageSpec storage,

        @JsonPropertyDescription(
                "Service account whose identity writes to the storage: that of the cluster's own pods, because they write. No other.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String serviceAccountName,

        @JsonPropertyDescription("Time after which a backup that has not ended is cancelled. Default 24h.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "timeout must be days, hours, minutes and seconds above zero, for example 2h30m")
        @Size(min = 2, max = 21)
        String timeout,

        @JsonPropertyDescription("Which backups stay. Default: all.")
        RetentionSpec retention) {}
