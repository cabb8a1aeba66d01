package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How a change of version is carried out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeSpec(
        @JsonPropertyDescription("Default RollingUpdate.") UpgradeStrategy strategy,

        @JsonPropertyDescription("Takes a backup before an upgrade. Default false.")
        Boolean backupFirst,

        @JsonPropertyDescription("Time that one step may take, for example 30m.")
        @Pattern("^([0-9]+h)?([0-9]+m)?([0-9]+s)?$")
        @Size(min = 2, max = 16)
        String timeout,

        @JsonPropertyDescription("Rolls a failed step back. Default true.")
        Boolean rollback) {}
