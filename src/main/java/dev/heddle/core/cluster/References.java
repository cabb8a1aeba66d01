package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/** Secrets and ConfigMaps that the resource refers to, by name; a missing one has no entry. */
public record References(Map<String, Secret> secrets, Map<String, ConfigMap> configMaps) {

    /** The value as it stands in the Secret (base64), if the Secret and the key exist and hold anything. */
    public Optional<String> value(String secret, String key) {
        return Optional.ofNullable(secrets.get(secret))
                .map(Secret::getData)
                .map(data -> data.get(key))
                .filter(value -> !value.isEmpty());
    }

    /** The value that a variable gets from a Secret or ConfigMap; empty for others, and for what is missing. */
    public Optional<String> value(EnvVar variable) {
        var source = Optional.ofNullable(variable.getValueFrom());
        return source.map(from -> from.getSecretKeyRef())
                .flatMap(reference -> value(reference.getName(), reference.getKey()))
                .or(() -> source.map(from -> from.getConfigMapKeyRef())
                        .flatMap(reference -> Optional.ofNullable(configMaps.get(reference.getName()))
                                .map(ConfigMap::getData)
                                .map(data -> data.get(reference.getKey()))));
    }

    /** What is wrong with a reference to a Secret, if anything. @param field where it stands, for the message */
    public Optional<Finding> check(SecretKeyRefSpec reference, String field) {
        if (!secrets.containsKey(reference.name())) {
            return missing(
                    "SecretNotFound", "Secret %s, named in %s, does not exist.".formatted(reference.name(), field));
        }
        if (value(reference.name(), reference.key()).isEmpty()) {
            return missing(
                    "SecretKeyNotFound",
                    "Secret %s, named in %s, has no key %s or it is empty."
                            .formatted(reference.name(), field, reference.key()));
        }
        return Optional.empty();
    }

    /** What is wrong with the source of a variable, if anything; a source marked optional may be missing. */
    public Optional<Finding> check(EnvVar variable, String field) {
        var source = Optional.ofNullable(variable.getValueFrom());
        var secret = source.map(from -> from.getSecretKeyRef()).filter(key -> !Boolean.TRUE.equals(key.getOptional()));
        var map = source.map(from -> from.getConfigMapKeyRef()).filter(key -> !Boolean.TRUE.equals(key.getOptional()));
        return secret.flatMap(key -> check(new SecretKeyRefSpec(key.getName(), key.getKey()), field))
                .or(() -> map.filter(key -> value(variable).isEmpty())
                        .flatMap(key -> missing(
                                "ConfigMapNotFound",
                                "ConfigMap %s with key %s, named in %s, does not exist."
                                        .formatted(key.getName(), key.getKey(), field))));
    }

    private static Optional<Finding> missing(String reason, String message) {
        return Optional.of(new Finding(Topic.REFERENCE, reason, message));
    }
}
