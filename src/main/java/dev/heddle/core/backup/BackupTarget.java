package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.weaviate.v1.SecretRefSpec;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import java.util.Objects;
import java.util.Optional;

/** Where a backup is to lie: by its own storage, else where the server writes anyway. */
public sealed interface BackupTarget {

    record Known(BackupBucketSpec storage) implements BackupTarget {}

    record Impossible(Obstacle why) implements BackupTarget {}

    /**
     * @param wanted null for the server's own
     * @param home prefix of a bucket that is named alone, so that clusters never share one
     */
    static BackupTarget of(BackupBucketSpec wanted, Optional<ServerStorage> server, String home) {
        if (server.isEmpty()) {
            return new Impossible(new Obstacle(
                    "NoBackupStorage",
                    "The cluster's nodes run without a bucket for backups that speaks S3: set spec.backup.s3 of the cluster.",
                    true));
        }
        var own = server.get();
        var asked = Optional.ofNullable(wanted);
        var endpoint = asked.map(BackupBucketSpec::endpoint).map(BackupTarget::complete);
        if (endpoint.isPresent() && !endpoint.equals(own.endpoint())) {
            return new Impossible(new Obstacle(
                    "StorageDiffers",
                    "storage.s3.endpoint is %s, and the cluster's nodes write to %s: a backup can choose bucket and prefix only."
                            .formatted(endpoint.get(), own.endpoint().orElse("AWS")),
                    true));
        }
        var bucket = asked.map(one -> BucketName.of(one.bucket()))
                .map(name -> new BucketName(name.bucket(), name.prefix().or(() -> Optional.of(home(own, name, home)))))
                .orElseGet(() -> configured(own));
        return new Known(new BackupBucketSpec(
                bucket.toString(),
                own.endpoint().orElse(null),
                asked.map(BackupBucketSpec::region).or(own::region).orElse(null),
                asked.map(BackupBucketSpec::pathStyle).orElse(own.endpoint().isPresent()),
                asked.map(BackupBucketSpec::caSecretRef).orElse(null),
                asked.map(BackupBucketSpec::credentialsSecretRef)
                        .or(() -> own.secret().map(SecretRefSpec::new))
                        .orElse(null)));
    }

    /** Whether the server writes there without being told. */
    public static boolean configured(BackupBucketSpec storage, ServerStorage server) {
        return Objects.equals(BucketName.of(storage.bucket()), configured(server));
    }

    private static BucketName configured(ServerStorage server) {
        return new BucketName(server.bucket(), Optional.of(server.path()).filter(path -> !path.isEmpty()));
    }

    private static String home(ServerStorage server, BucketName name, String home) {
        return name.bucket().equals(server.bucket()) && !server.path().isEmpty() ? server.path() : home;
    }

    private static String complete(String endpoint) {
        return endpoint.matches("https?://.*") ? endpoint : "https://" + endpoint;
    }
}
