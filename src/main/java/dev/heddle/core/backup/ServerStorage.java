package dev.heddle.core.backup;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The bucket that a Weaviate process writes to, read off its environment: what was asked for may not have reached it
 * yet.
 *
 * @param path prefix, may be empty
 * @param endpoint with http:// or https://; empty for that of AWS
 * @param secret with the keys; empty where it has an identity of its own
 */
public record ServerStorage(
        String bucket, String path, Optional<String> endpoint, Optional<String> region, Optional<String> secret) {

    /** Empty where the process cannot write backups into S3. */
    public static Optional<ServerStorage> of(List<EnvVar> environment) {
        Map<String, EnvVar> all = environment.stream()
                .collect(Collectors.toMap(EnvVar::getName, variable -> variable, (former, latter) -> latter));
        boolean module = value(all, "ENABLE_MODULES").stream()
                .flatMap(names -> List.of(names.split(",")).stream())
                .anyMatch(name -> name.strip().equals("backup-s3"));
        return value(all, "BACKUP_S3_BUCKET")
                .filter(bucket -> module)
                .map(bucket -> new ServerStorage(
                        bucket,
                        value(all, "BACKUP_S3_PATH").orElse(""),
                        value(all, "BACKUP_S3_ENDPOINT").map(host -> scheme(all) + host),
                        value(all, "AWS_REGION").or(() -> value(all, "AWS_DEFAULT_REGION")),
                        secret(all)));
    }

    private static String scheme(Map<String, EnvVar> all) {
        return value(all, "BACKUP_S3_USE_SSL").filter("false"::equals).isPresent() ? "http://" : "https://";
    }

    private static Optional<String> value(Map<String, EnvVar> all, String name) {
        return Optional.ofNullable(all.get(name)).map(EnvVar::getValue).filter(value -> !value.isEmpty());
    }

    private static Optional<String> secret(Map<String, EnvVar> all) {
        return Optional.ofNullable(all.get("AWS_ACCESS_KEY_ID"))
                .map(EnvVar::getValueFrom)
                .map(source -> source.getSecretKeyRef())
                .map(reference -> reference.getName());
    }
}
