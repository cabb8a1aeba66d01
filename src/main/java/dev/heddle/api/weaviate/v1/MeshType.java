package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Service meshes. */
public enum MeshType {
    @JsonProperty("istio")
    ISTIO("istio"),
    @JsonProperty("linkerd")
    LINKERD("linkerd");

    private final String text;

    MeshType(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
