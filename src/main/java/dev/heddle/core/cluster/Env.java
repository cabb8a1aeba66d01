package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;

/** Environment variables of containers. */
public final class Env {
    private Env() {}

    public static EnvVar of(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    /** Optional, so that a missing Secret takes the feature away and not the database. */
    public static EnvVar secret(String name, SecretKeyRefSpec reference) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(reference.key(), reference.name(), true)
                .endValueFrom()
                .build();
    }

    /** The container does not start without it. */
    public static EnvVar required(String name, String secret, String key) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(key, secret, false)
                .endValueFrom()
                .build();
    }
}
