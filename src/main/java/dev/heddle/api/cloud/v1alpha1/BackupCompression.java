package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a backup is compressed. */
public enum BackupCompression {
    @JsonProperty("Default")
    DEFAULT("Default"),
    @JsonProperty("BestSpeed")
    BESTSPEED("BestSpeed"),
    @JsonProperty("BestCompression")
    BESTCOMPRESSION("BestCompression"),
    @JsonProperty("ZstdDefault")
    ZSTDDEFAULT("ZstdDefault"),
    @JsonProperty("ZstdBestSpeed")
    ZSTDBESTSPEED("ZstdBestSpeed"),
    @JsonProperty("ZstdBestCompression")
    ZSTDBESTCOMPRESSION("ZstdBestCompression"),
    @JsonProperty("None")
    NONE("None");

    private final String text;

    BackupCompression(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
