package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose signatures are verified. */
public enum VerifyProvider {
    @JsonProperty("cosign")
    COSIGN("cosign");

    private final String text;

    VerifyProvider(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
