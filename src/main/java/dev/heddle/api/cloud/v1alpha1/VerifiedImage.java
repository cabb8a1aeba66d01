package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A version whose image was verified. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifiedImage(
        @JsonPropertyDescription("Weaviate version.") String version,

        @JsonPropertyDescription("Digest that was verified and is run.")
        String digest) {}
