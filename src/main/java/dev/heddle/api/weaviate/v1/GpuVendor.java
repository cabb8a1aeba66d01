package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Vendors of GPUs. */
public enum GpuVendor {
    @JsonProperty("nvidia")
    NVIDIA("nvidia"),
    @JsonProperty("amd")
    AMD("amd"),
    @JsonProperty("intel")
    INTEL("intel");

    private final String text;

    GpuVendor(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
