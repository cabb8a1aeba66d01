package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Times at which a change of version may begin. One that began goes on when the window closes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MaintenanceWindowSpec(
        @JsonPropertyDescription("When the window opens: five fields of cron, for example 0 2 * * SUN.")
        @Required
        @ValidationRule(
                value = "self.matches('^[0-9A-Za-z*/,#?-]+( +[0-9A-Za-z*/,#?-]+){4}$')",
                message =
                        "maintenanceWindow.schedule must be five fields of cron: minute, hour, day of month, month, day of week")
        @Size(max = 128)
        String schedule,

        @JsonPropertyDescription("How long it stays open, for example 2h or 1h30m.")
        @Required
        @ValidationRule(
                value = "self.matches('^([0-9]{1,3}h)?([0-9]{1,4}m)?$') && self.matches('[1-9]')",
                message = "maintenanceWindow.duration must be hours and minutes above zero, for example 2h or 1h30m")
        @Size(min = 2, max = 16)
        String duration,

        @JsonPropertyDescription("Time zone of the schedule, for example Europe/Amsterdam. Default UTC.")
        @Pattern("^[A-Za-z][A-Za-z0-9_+/-]*$")
        @Size(max = 64)
        String timeZone) {}
