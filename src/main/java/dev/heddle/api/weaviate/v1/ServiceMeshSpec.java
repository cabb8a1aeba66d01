package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** Service mesh to join. */
@ValidationRule(
        value = "!has(self.enabled) || !self.enabled || has(self.type)",
        message = "serviceMesh.type is required when the mesh is enabled")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceMeshSpec(
        @JsonPropertyDescription("Default false.") Boolean enabled,
        @JsonPropertyDescription("istio or linkerd.") MeshType type,

        @JsonPropertyDescription("Accepts only mutual TLS on the client ports. Default false.") @JsonProperty("mTLS")
        Boolean mTLS) {}
