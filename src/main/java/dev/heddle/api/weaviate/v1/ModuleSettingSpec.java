package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A setting of a module: a plain value or a key of a Secret. */
@ValidationRule(
        value = "has(self.value) != has(self.secretKeyRef)",
        message = "exactly one of value and secretKeyRef is needed")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModuleSettingSpec(
        @JsonPropertyDescription("Plain value; never put a secret here.") @Size(max = 4096)
        String value,

        @JsonPropertyDescription("Key of a Secret in the same namespace.")
        SecretKeyRefSpec secretKeyRef) {}
