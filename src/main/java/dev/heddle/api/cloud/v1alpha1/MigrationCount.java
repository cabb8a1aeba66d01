package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How many objects. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationCount(
        @JsonPropertyDescription("Objects that are dealt with in this phase: copied, or compared.")
        Long copied,

        @JsonPropertyDescription("Objects that the source had when it began.")
        Long total) {}
