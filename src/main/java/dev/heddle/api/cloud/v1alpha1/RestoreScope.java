package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much of something is restored. */
public enum RestoreScope {
    @JsonProperty("None")
    NONE("None"),
    @JsonProperty("All")
    ALL("All");

    private final String text;

    RestoreScope(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
