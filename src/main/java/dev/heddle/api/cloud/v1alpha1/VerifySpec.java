package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Whose signature an image needs. Without key and keyless it is the key that the operator was installed with. */
@ValidationRule(
        value = "!has(self.key) || !has(self.keyless)",
        message = "verify needs one of key and keyless, not both")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifySpec(
        @JsonPropertyDescription("cosign.") @Required VerifyProvider provider,

        @JsonPropertyDescription("Secret with the public key in PEM, as cosign writes it (cosign.pub).")
        SecretKeyRefSpec key,

        @JsonPropertyDescription("Identity of the signer, in a certificate of Sigstore's Fulcio or your own.")
        KeylessSpec keyless) {}
