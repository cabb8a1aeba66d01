package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One word for people. */
public enum ClusterPhase {
    @JsonProperty("Pending")
    PENDING("Pending"),
    @JsonProperty("Creating")
    CREATING("Creating"),
    @JsonProperty("Running")
    RUNNING("Running"),
    @JsonProperty("Scaling")
    SCALING("Scaling"),
    @JsonProperty("Upgrading")
    UPGRADING("Upgrading"),
    @JsonProperty("RollingBack")
    ROLLINGBACK("RollingBack"),
    @JsonProperty("Resizing")
    RESIZING("Resizing"),
    @JsonProperty("Degraded")
    DEGRADED("Degraded"),
    @JsonProperty("Suspended")
    SUSPENDED("Suspended"),
    @JsonProperty("Failed")
    FAILED("Failed");

    private final String text;

    ClusterPhase(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
