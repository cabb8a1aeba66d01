package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of volumes when their owner goes. */
public enum ReclaimPolicy {
    @JsonProperty("Retain")
    RETAIN("Retain"),
    @JsonProperty("Delete")
    DELETE("Delete");

    private final String text;

    ReclaimPolicy(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
