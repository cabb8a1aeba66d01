package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How pods are spread. */
public enum Spread {
    @JsonProperty("Zone")
    ZONE("Zone"),
    @JsonProperty("Node")
    NODE("Node"),
    @JsonProperty("None")
    NONE("None");

    private final String text;

    Spread(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
