package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.ModuleSpec;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.ValuesFromSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The Secrets and ConfigMaps that a spec names. */
public final class ReferencedNames {
    private ReferencedNames() {}

    public static Set<String> configMaps(WeaviateClusterSpec spec) {
        var names = new TreeSet<String>();
        requireNonNullElse(spec.valuesFrom(), List.<ValuesFromSpec>of()).forEach(source -> names.add(source.name()));
        requireNonNullElse(spec.env(), List.<EnvVar>of()).stream()
                .map(EnvVar::getValueFrom)
                .filter(source -> source != null && source.getConfigMapKeyRef() != null)
                .forEach(source -> names.add(source.getConfigMapKeyRef().getName()));
        return names;
    }

    public static Set<String> secrets(WeaviateClusterSpec spec) {
        var names = new TreeSet<String>();
        Optional.ofNullable(spec.auth())
                .map(auth -> auth.apiKeys())
                .ifPresent(keys -> names.add(keys.secretRef().name()));
        Optional.ofNullable(spec.auth())
                .map(auth -> auth.oidc())
                .map(oidc -> oidc.certificateSecretRef())
                .ifPresent(key -> names.add(key.name()));
        Optional.ofNullable(spec.backup())
                .map(backup -> backup.s3())
                .map(s3 -> s3.credentialsSecretRef())
                .ifPresent(secret -> names.add(secret.name()));
        Optional.ofNullable(spec.cloudProvider())
                .map(cloud -> cloud.azure())
                .map(azure -> azure.backup())
                .map(backup -> backup.keySecretRef())
                .ifPresent(key -> names.add(key.name()));
        Optional.ofNullable(spec.autoScaling())
                .map(scaling -> scaling.prometheus())
                .map(prometheus -> prometheus.bearerTokenSecretRef())
                .ifPresent(key -> names.add(key.name()));
        requireNonNullElse(spec.modules(), List.<ModuleSpec>of()).stream()
                .flatMap(
                        module -> requireNonNullElse(
                                module.config(), Map.<String, dev.heddle.api.weaviate.v1.ModuleSettingSpec>of())
                                .values()
                                .stream())
                .map(setting -> setting.secretKeyRef())
                .filter(Objects::nonNull)
                .map(SecretKeyRefSpec::name)
                .forEach(names::add);
        requireNonNullElse(spec.env(), List.<EnvVar>of()).stream()
                .map(EnvVar::getValueFrom)
                .filter(source -> source != null && source.getSecretKeyRef() != null)
                .forEach(source -> names.add(source.getSecretKeyRef().getName()));
        return names;
    }
}
