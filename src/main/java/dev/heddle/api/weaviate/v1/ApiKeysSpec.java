package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** API keys by reference. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKeysSpec(
        @JsonPropertyDescription(
                "Secret of the same namespace: each key is a user name, each value that user's API key.")
        @Required
        SecretRefSpec secretRef) {}
