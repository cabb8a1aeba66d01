package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.KeylessSpec;
import dev.heddle.api.cloud.v1alpha1.VerifySpec;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.cluster.References;
import dev.heddle.cosign.Pem;
import dev.heddle.cosign.Trust;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Whose signature a Cluster wants, read from its Secrets, or from what the operator was installed with. */
final class TrustSource {
    private final OperatorConfig.Trust installed;

    TrustSource(OperatorConfig.Trust installed) {
        this.installed = installed;
    }

    /** What keeps from knowing whom to trust. */
    static final class NoTrust extends Exception {
        private final String reason;

        NoTrust(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    Trust of(VerifySpec verify, References references) throws NoTrust {
        if (verify.keyless() != null) {
            return keyless(verify.keyless(), references);
        }
        return new Trust.Key(read("spec.verify.key", verify.key(), installed.key(), references, Pem::key));
    }

    private Trust keyless(KeylessSpec keyless, References references) throws NoTrust {
        return new Trust.Keyless(
                keyless.issuer(),
                keyless.subject(),
                read("spec.verify.keyless.roots", keyless.roots(), installed.roots(), references, Pem::certificates),
                read("spec.verify.keyless.rekorKey", keyless.rekorKey(), installed.rekorKey(), references, Pem::key));
    }

    private static <T> T read(
            String field,
            SecretKeyRefSpec reference,
            Optional<String> installed,
            References references,
            Function<String, T> parse)
            throws NoTrust {
        if (reference == null && installed.isEmpty()) {
            throw new NoTrust(
                    "NoTrustConfigured",
                    "There is nobody to trust: %s is not set, and the operator was installed without a default (trust.secretName)."
                            .formatted(field));
        }
        if (reference != null) {
            var missing = references.check(reference, field);
            if (missing.isPresent()) {
                throw new NoTrust(missing.get().reason(), missing.get().message());
            }
        }
        try {
            return parse.apply(reference == null ? installed.get() : secret(reference, references));
        } catch (IllegalArgumentException unreadable) {
            throw new NoTrust(
                    "InvalidTrust",
                    "%s: %s %s."
                            .formatted(
                                    field,
                                    reference == null
                                            ? "the operator's default"
                                            : "key %s of Secret %s".formatted(reference.key(), reference.name()),
                                    unreadable.getMessage()));
        }
    }

    private static String secret(SecretKeyRefSpec reference, References references) {
        var value = references.value(reference.name(), reference.key()).orElseThrow();
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }
}
