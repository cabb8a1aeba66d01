package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A node as Weaviate itself reports it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeStatus(
        @JsonPropertyDescription("Name of the node, which is the name of the pod.")
        String name,

        @JsonPropertyDescription("Version it runs.") String version,

        @JsonPropertyDescription("HEALTHY, UNHEALTHY, UNAVAILABLE or TIMEOUT.")
        String status,

        @JsonPropertyDescription("Shard replicas on the node.")
        Long shards,

        @JsonPropertyDescription("Objects in flushed segments; lags behind.")
        Long objects) {}
