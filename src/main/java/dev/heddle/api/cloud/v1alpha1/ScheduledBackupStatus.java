package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is true of the schedule and of its backups. Times are RFC 3339. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledBackupStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("Time by the schedule of the last run that was begun or given up.")
        String lastScheduled,

        @JsonPropertyDescription("When the last good backup was complete.")
        String lastSuccessful,

        @JsonPropertyDescription("Name of the last good Backup.")
        String lastBackup,

        @JsonPropertyDescription("Time by the schedule of the last run that was missed.")
        String lastMissed,

        @JsonPropertyDescription("When the next run begins; absent while suspended.")
        String nextRun,

        @JsonPropertyDescription("Backups that go on.") List<String> active,

        @JsonPropertyDescription("Value of the annotation heddle.dev/run-now that was last acted on.")
        String runNow,

        @JsonPropertyDescription("Number of good backups that are kept.")
        Integer kept,

        @JsonPropertyDescription("Where the backups are.") String location,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
