package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where clients connect. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndpointsStatus(
        @JsonPropertyDescription("REST and GraphQL, as host:port.")
        String http,

        @JsonPropertyDescription("gRPC, as host:port.") String grpc) {}
