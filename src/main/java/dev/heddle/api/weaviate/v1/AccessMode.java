package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Access modes that a database volume can have. */
public enum AccessMode {
    @JsonProperty("ReadWriteOnce")
    READWRITEONCE("ReadWriteOnce"),
    @JsonProperty("ReadWriteOncePod")
    READWRITEONCEPOD("ReadWriteOncePod");

    private final String text;

    AccessMode(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
