package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One word for people. */
public enum MigrationPhase {
    @JsonProperty("Pending")
    PENDING("Pending"),
    @JsonProperty("Scheduled")
    SCHEDULED("Scheduled"),
    @JsonProperty("Running")
    RUNNING("Running"),
    @JsonProperty("Verifying")
    VERIFYING("Verifying"),
    @JsonProperty("Succeeded")
    SUCCEEDED("Succeeded"),
    @JsonProperty("Failed")
    FAILED("Failed"),
    @JsonProperty("Suspended")
    SUSPENDED("Suspended");

    private final String text;

    MigrationPhase(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
