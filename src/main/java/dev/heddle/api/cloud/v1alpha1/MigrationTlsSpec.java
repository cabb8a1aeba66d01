package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import io.fabric8.generator.annotation.ValidationRule;

/** How the certificate of a server is judged. */
@ValidationRule(
        value = "!has(self.caSecretRef) || !has(self.insecureSkipVerify) || !self.insecureSkipVerify",
        message =
                "tls: insecureSkipVerify looks at no certificate, so caSecretRef would have no effect; only one of them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationTlsSpec(
        @JsonPropertyDescription(
                "Secret with the certificates, in PEM, that are trusted. Default: the public authorities.")
        SecretKeyRefSpec caSecretRef,

        @JsonPropertyDescription(
                "Accepts every certificate, so that whoever is in between can read and change everything. For tests.")
        Boolean insecureSkipVerify) {}
