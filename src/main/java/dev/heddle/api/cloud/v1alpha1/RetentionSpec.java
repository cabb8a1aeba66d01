package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Which backups of a schedule stay in the bucket. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionSpec(
        @JsonPropertyDescription("Keeps the newest so many good backups.") @Min(1) @Max(10000)
        Integer keepLast,

        @JsonPropertyDescription(
                "Keeps the newest good backup of each of the last so many days that have one, in the time zone of the schedule.")
        @Min(1)
        @Max(10000)
        Integer keepDaily,

        @JsonPropertyDescription(
                "Keeps the newest good backup of each of the last so many weeks (from Monday) that have one.")
        @Min(1)
        @Max(10000)
        Integer keepWeekly,

        @JsonPropertyDescription(
                "Deletes what is older, also where a number above would keep it; the last good backup always stays. For example 90d or 36h.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message =
                        "retention.maxAge must be days, hours, minutes and seconds above zero, for example 90d or 36h")
        @Size(min = 2, max = 21)
        String maxAge) {}
