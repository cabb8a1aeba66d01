package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A signer without a key of its own: a short-lived certificate tells who signed, an entry in a transparency log when.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeylessSpec(
        @JsonPropertyDescription("Who vouched for the signer: the OIDC issuer in the certificate, literally.")
        @Required
        @Size(min = 1, max = 1024)
        String issuer,

        @JsonPropertyDescription(
                "Who signed: mail address or URI in the certificate, literally, for example the path of a workflow.")
        @Required
        @Size(min = 1, max = 1024)
        String subject,

        @JsonPropertyDescription(
                "Secret with the certificates of the authority in PEM: root, and intermediate if need be. Default: those that the operator was installed with.")
        SecretKeyRefSpec roots,

        @JsonPropertyDescription(
                "Secret with the public key of the transparency log (Rekor) in PEM. Default: the one that the operator was installed with.")
        SecretKeyRefSpec rekorKey) {}
