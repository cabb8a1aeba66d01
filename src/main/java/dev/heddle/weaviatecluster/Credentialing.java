package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.manifest.AuthSecretManifest;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads the generated keys back from their Secret, and makes those that are missing. */
final class Credentialing {
    private static final int KEY_BYTES = 24;
    private final SecureRandom random = new SecureRandom();

    Credentials of(Optional<Secret> secret) {
        var data = secret.map(Secret::getData).orElse(Map.of());
        return new Credentials(
                read(data, AuthSecretManifest.ADMIN_KEY)
                        .or(() -> read(data, AuthSecretManifest.RESERVED_ADMIN_KEY))
                        .orElseGet(this::fresh),
                read(data, AuthSecretManifest.OPERATOR_KEY).orElseGet(this::fresh),
                read(data, AuthSecretManifest.CLUSTER_PASSWORD).orElseGet(this::fresh),
                read(data, AuthSecretManifest.USERS).orElse(""),
                read(data, AuthSecretManifest.KEYS).orElse(""));
    }

    private static Optional<String> read(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key))
                .filter(value -> !value.isEmpty())
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }

    private String fresh() {
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
