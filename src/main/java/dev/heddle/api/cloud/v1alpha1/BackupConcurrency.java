package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens when a run is due while the one before goes on; there are never two at once. */
public enum BackupConcurrency {
    /** The due one waits. */
    @JsonProperty("Forbid")
    FORBID("Forbid"),
    /** The one that goes on is cancelled. */
    @JsonProperty("Replace")
    REPLACE("Replace");

    private final String text;

    BackupConcurrency(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
