package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Roles for people. */
public enum AccessRole {
    @JsonProperty("viewer")
    VIEWER("viewer"),
    @JsonProperty("debugger")
    DEBUGGER("debugger");

    private final String text;

    AccessRole(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
