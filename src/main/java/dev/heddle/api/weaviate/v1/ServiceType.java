package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Types of the client Service. */
public enum ServiceType {
    @JsonProperty("ClusterIP")
    CLUSTERIP("ClusterIP"),
    @JsonProperty("NodePort")
    NODEPORT("NodePort"),
    @JsonProperty("LoadBalancer")
    LOADBALANCER("LoadBalancer");

    private final String text;

    ServiceType(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
