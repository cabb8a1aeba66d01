package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Clouds. */
public enum CloudType {
    @JsonProperty("aws")
    AWS("aws"),
    @JsonProperty("gcp")
    GCP("gcp"),
    @JsonProperty("azure")
    AZURE("azure");

    private final String text;

    CloudType(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
