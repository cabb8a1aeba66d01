package dev.heddle.core.cluster;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Digest of the Secret values that a container reads at start; a change of it rolls the pods. */
final class SecretsHash {
    private SecretsHash() {}

    /** @param values what does not come from {@code env}; order matters */
    static String of(List<EnvVar> env, References references, String... values) {
        var digest = sha256();
        for (var value : values) {
            add(digest, value);
        }
        for (var variable : env) {
            if (variable.getValueFrom() != null) {
                add(digest, variable.getName());
                add(digest, references.value(variable).orElse(""));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void add(MessageDigest digest, String value) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
