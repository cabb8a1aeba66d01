package dev.heddle.core.restore;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.RestoreBucketSpec;
import dev.heddle.api.cloud.v1alpha1.RestoreSourceSpec;
import dev.heddle.api.cloud.v1alpha1.RestoreSpec;
import dev.heddle.api.weaviate.v1.SecretRefSpec;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BucketName;
import dev.heddle.core.backup.Claim;
import dev.heddle.core.backup.ServerStorage;
import java.util.Optional;

/** Where the backup lies that is restored. */
public sealed interface RestoreOrigin {

    /** @param storage with everything by which it is reached */
    record Known(BackupBucketSpec storage, String id) implements RestoreOrigin {}

    record Impossible(Obstacle why) implements RestoreOrigin {}

    /**
     * @param backup that the spec refers to, where it does and there is one
     * @param server where the cluster's nodes write backups; empty where they do not
     */
    static RestoreOrigin of(RestoreSpec spec, Optional<Backup> backup, Optional<ServerStorage> server) {
        if (server.isEmpty()) {
            return new Impossible(new Obstacle(
                    "NoBackupStorage",
                    "The cluster's nodes run without a bucket for backups that speaks S3, so they cannot read one: set spec.backup.s3 of the cluster.",
                    true));
        }
        return spec.backupRef() == null
                ? inBucket(spec.source(), server.get())
                : taken(spec.backupRef().name(), backup, server.get());
    }

    private static RestoreOrigin taken(String name, Optional<Backup> backup, ServerStorage server) {
        if (backup.isEmpty()) {
            return impossible("BackupNotFound", "There is no Backup %s in this namespace.".formatted(name), true);
        }
        var status = backup.get().getStatus();
        if (status != null && status.phase() == BackupPhase.FAILED) {
            return impossible(
                    "BackupNotGood",
                    "Backup %s failed; there is nothing in it to rely on. Choose another one.".formatted(name),
                    true);
        }
        if (status == null
                || status.phase() != BackupPhase.SUCCEEDED
                || status.id() == null
                || status.storage() == null) {
            return impossible(Claim.BACKUP_NOT_READY, "Backup %s has not ended yet.".formatted(name), false);
        }
        var storage = status.storage();
        var endpoint = Optional.ofNullable(storage.endpoint()).map(RestoreOrigin::complete);
        return endpoint.equals(server.endpoint())
                ? new Known(storage, status.id())
                : differs("Backup " + name + " lies at", endpoint, server);
    }

    private static RestoreOrigin inBucket(RestoreSourceSpec source, ServerStorage server) {
        RestoreBucketSpec s3 = source.s3();
        var endpoint = Optional.ofNullable(s3.endpoint()).map(RestoreOrigin::complete);
        if (endpoint.isPresent() && !endpoint.equals(server.endpoint())) {
            return differs("source.s3.endpoint is", endpoint, server);
        }
        var storage = new BackupBucketSpec(
                BucketName.of(s3.bucket()).toString(),
                server.endpoint().orElse(null),
                Optional.ofNullable(s3.region()).or(server::region).orElse(null),
                Optional.ofNullable(s3.pathStyle()).orElse(server.endpoint().isPresent()),
                s3.caSecretRef(),
                Optional.ofNullable(s3.credentialsSecretRef())
                        .or(() -> server.secret().map(SecretRefSpec::new))
                        .orElse(null));
        return new Known(storage, source.id());
    }

    private static RestoreOrigin differs(String what, Optional<String> endpoint, ServerStorage server) {
        return impossible(
                "StorageDiffers",
                "%s %s, and the cluster's nodes reach %s only: set spec.backup.s3 of the cluster to the server where the backup lies."
                        .formatted(
                                what, endpoint.orElse("AWS"), server.endpoint().orElse("AWS")),
                true);
    }

    private static RestoreOrigin impossible(String reason, String message, boolean stuck) {
        return new Impossible(new Obstacle(reason, message, stuck));
    }

    private static String complete(String endpoint) {
        return endpoint.matches("https?://.*") ? endpoint : "https://" + endpoint;
    }
}
