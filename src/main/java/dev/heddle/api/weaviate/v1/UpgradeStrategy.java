package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How pods are replaced. */
public enum UpgradeStrategy {
    @JsonProperty("RollingUpdate")
    ROLLINGUPDATE("RollingUpdate"),
    @JsonProperty("OnDelete")
    ONDELETE("OnDelete");

    private final String text;

    UpgradeStrategy(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
