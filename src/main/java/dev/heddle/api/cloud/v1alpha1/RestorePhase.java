package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One word for people. */
public enum RestorePhase {
    @JsonProperty("Pending")
    PENDING("Pending"),
    @JsonProperty("Restoring")
    RESTORING("Restoring"),
    @JsonProperty("Verifying")
    VERIFYING("Verifying"),
    @JsonProperty("Succeeded")
    SUCCEEDED("Succeeded"),
    @JsonProperty("Failed")
    FAILED("Failed");

    private final String text;

    RestorePhase(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
