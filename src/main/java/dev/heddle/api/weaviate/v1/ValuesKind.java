package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kinds that may hold values. */
public enum ValuesKind {
    @JsonProperty("ConfigMap")
    CONFIGMAP("ConfigMap");

    private final String text;

    ValuesKind(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
