package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How a change of version is carried out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeSpec(
        @JsonPropertyDescription(
                "RollingUpdate, the default: the operator replaces the pods. OnDelete: you delete them.")
        UpgradeStrategy strategy,

        @JsonPropertyDescription("Takes a backup with Weaviate's own module before each step. Default false.")
        Boolean backupFirst,

        @JsonPropertyDescription(
                "Time after which a step without progress has failed, for example 30m, which is the default.")
        @ValidationRule(
                value = "self.matches('^([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$') && self.matches('[1-9]')",
                message = "upgrade.timeout must be hours, minutes and seconds above zero, for example 30m or 1h30m")
        @Size(min = 2, max = 16)
        String timeout,

        @JsonPropertyDescription("Rolls a failed step back where that is safe. Default true.")
        Boolean rollback) {}
