package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether writes may be paused. */
public enum WritePause {
    @JsonProperty("Never")
    NEVER("Never"),
    @JsonProperty("Allowed")
    ALLOWED("Allowed");

    private final String text;

    WritePause(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
