package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a step of an upgrade is. */
public enum UpgradeStage {
    /** The backup that was asked for is being taken; nothing has changed yet. */
    @JsonProperty("BackingUp")
    BACKINGUP("BackingUp"),
    /** Pods get the new version. */
    @JsonProperty("Rolling")
    ROLLING("Rolling"),
    /** Pods get the former version again. */
    @JsonProperty("RollingBack")
    ROLLINGBACK("RollingBack"),
    /** The former version runs; the new one is not tried again by itself. */
    @JsonProperty("RolledBack")
    ROLLEDBACK("RolledBack"),
    /** Neither forward nor back without a person. */
    @JsonProperty("Stopped")
    STOPPED("Stopped");

    private final String text;

    UpgradeStage(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
