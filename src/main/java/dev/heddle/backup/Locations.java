package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.bucket.BucketCredentials;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.core.backup.BucketName;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Finding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeSet;

/** Turns a storage and the Secrets that it names into a place that can be looked at. */
final class Locations {
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";

    private Locations() {}

    /** A Secret is missing, or is not what it should be. */
    static final class Unusable extends Exception {
        private final String reason;

        Unusable(String reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Names of the Secrets that a storage refers to. */
    static TreeSet<String> secrets(BackupBucketSpec storage) {
        var names = new TreeSet<String>();
        Optional.ofNullable(storage.credentialsSecretRef()).ifPresent(secret -> names.add(secret.name()));
        Optional.ofNullable(storage.caSecretRef()).ifPresent(secret -> names.add(secret.name()));
        return names;
    }

    static BucketLocation of(BackupBucketSpec storage, References references) throws Unusable {
        try {
            return location(storage, references);
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("InvalidStorage", "The storage of the backup cannot be used: " + wrong.getMessage());
        }
    }

    private static BucketLocation location(BackupBucketSpec storage, References references) throws Unusable {
        var name = BucketName.of(storage.bucket());
        Optional<String> certificates = Optional.empty();
        if (storage.caSecretRef() != null) {
            certificates = Optional.of(value(references, storage.caSecretRef(), "storage.s3.caSecretRef"));
        }
        Optional<BucketCredentials> credentials = Optional.empty();
        if (storage.credentialsSecretRef() != null) {
            credentials = Optional.of(
                    credentials(references, storage.credentialsSecretRef().name()));
        }
        return new BucketLocation(
                name.bucket(),
                name.prefix().orElse(""),
                Optional.ofNullable(storage.endpoint()).map(URI::create),
                Optional.ofNullable(storage.region()),
                Boolean.TRUE.equals(storage.pathStyle()),
                certificates,
                credentials);
    }

    private static BucketCredentials credentials(References references, String secret) throws Unusable {
        var field = "the storage of the backup (storage.s3.credentialsSecretRef, or backup.s3 of the cluster)";
        var token = references.value(secret, TOKEN).isEmpty()
                ? Optional.<String>empty()
                : Optional.of(value(references, new SecretKeyRefSpec(secret, TOKEN), field));
        var accessKey = value(references, new SecretKeyRefSpec(secret, ACCESS_KEY), field);
        var secretKey = value(references, new SecretKeyRefSpec(secret, SECRET_KEY), field);
        try {
            return new BucketCredentials(accessKey, secretKey, token);
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("InvalidSecret", "Secret %s: %s.".formatted(secret, wrong.getMessage()));
        }
    }

    private static String value(References references, SecretKeyRefSpec reference, String field) throws Unusable {
        var wrong = references.check(reference, field);
        if (wrong.isPresent()) {
            Finding finding = wrong.get();
            throw new Unusable(finding.reason(), finding.message());
        }
        var text = references.value(reference.name(), reference.key()).orElseThrow();
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException unreadable) {
            throw new Unusable(
                    "InvalidSecret",
                    "Secret %s: what stands under %s is not base64.".formatted(reference.name(), reference.key()));
        }
    }
}
