package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** When a migration begins. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationScheduleSpec(
        @JsonPropertyDescription(
                "Not before this time: 2024-02-22T02:00:00Z (RFC 3339), or day first as in 22-02-2024T02:00:00Z. A time that has passed, and none, mean now.")
        @Pattern(MigrationRules.TIME)
        @Size(max = 40)
        String startTime) {}
