package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/** Secrets that the resource refers to, by name; a missing one has no entry. */
public record References(Map<String, Secret> secrets) {

    /** The value as it stands in the Secret (base64), if the Secret and the key exist and hold anything. */
    public Optional<String> value(String secret, String key) {
        return Optional.ofNullable(secrets.get(secret))
                .map(Secret::getData)
                .map(data -> data.get(key))
                .filter(value -> !value.isEmpty());
    }

    /** What is wrong with a reference, if anything. @param field where it stands, for the message */
    public Optional<Finding> check(SecretKeyRefSpec reference, String field) {
        if (!secrets.containsKey(reference.name())) {
            return Optional.of(new Finding(
                    Topic.REFERENCE,
                    "SecretNotFound",
                    "Secret %s, named in %s, does not exist.".formatted(reference.name(), field)));
        }
        if (value(reference.name(), reference.key()).isEmpty()) {
            return Optional.of(new Finding(
                    Topic.REFERENCE,
                    "SecretKeyNotFound",
                    "Secret %s, named in %s, has no key %s or it is empty."
                            .formatted(reference.name(), field, reference.key())));
        }
        return Optional.empty();
    }
}
