package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How objects travel. */
public enum MigrationType {
    @JsonProperty("grpc")
    GRPC("grpc"),
    @JsonProperty("https")
    HTTPS("https"),
    @JsonProperty("http")
    HTTP("http");

    private final String text;

    MigrationType(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
