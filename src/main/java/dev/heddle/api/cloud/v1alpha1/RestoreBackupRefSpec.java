package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Backup of the same namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreBackupRefSpec(
        @JsonPropertyDescription("Name of the Backup; one that has not ended yet is waited for.")
        @Required
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String name) {}
