package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.AwsBackupSpec;
import dev.heddle.api.weaviate.v1.AzureBackupSpec;
import dev.heddle.api.weaviate.v1.GcpBackupSpec;
import dev.heddle.api.weaviate.v1.S3BackupSpec;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The backup module: from spec.backup, else from the cloud's settings. */
final class BackupPlanner {
    private BackupPlanner() {}

    static Optional<BackupPlan> plan(WeaviateClusterSpec spec, Names names) {
        if (spec.backup() != null && spec.backup().s3() != null) {
            return Optional.of(s3(spec.backup().s3(), names));
        }
        var cloud = spec.cloudProvider();
        if (cloud == null) {
            return Optional.empty();
        }
        return switch (cloud.type()) {
            case AWS ->
                Optional.ofNullable(cloud.aws())
                        .map(aws -> aws.backup())
                        .map(backup -> aws(backup, cloud.region(), names));
            case GCP ->
                Optional.ofNullable(cloud.gcp()).map(gcp -> gcp.backup()).map(backup -> gcp(backup, names));
            case AZURE ->
                Optional.ofNullable(cloud.azure()).map(azure -> azure.backup()).map(backup -> azure(backup, names));
        };
    }

    /** Where the Secret is named that a plan refers to: the other kinds of storage know workload identity only. */
    static String secretField(WeaviateClusterSpec spec) {
        return spec.backup() != null && spec.backup().s3() != null
                ? "spec.backup.s3.credentialsSecretRef"
                : "spec.cloudProvider.azure.backup.keySecretRef";
    }

    private static BackupPlan s3(S3BackupSpec s3, Names names) {
        var env = new ArrayList<EnvVar>();
        env.add(Env.of("BACKUP_S3_BUCKET", s3.bucket()));
        env.add(Env.of("BACKUP_S3_PATH", Objects.requireNonNullElse(s3.path(), path(names))));
        if (s3.endpoint() != null) {
            env.add(Env.of("BACKUP_S3_ENDPOINT", s3.endpoint().replaceFirst("^https?://", "")));
            env.add(Env.of("BACKUP_S3_USE_SSL", String.valueOf(!s3.endpoint().startsWith("http://"))));
        }
        if (s3.region() != null) {
            env.add(Env.of("AWS_REGION", s3.region()));
        }
        if (s3.credentialsSecretRef() != null) {
            var secret = s3.credentialsSecretRef().name();
            List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
                    .forEach(key -> env.add(Env.secret(key, new SecretKeyRefSpec(secret, key))));
        }
        return new BackupPlan("backup-s3", env);
    }

    private static BackupPlan aws(AwsBackupSpec backup, String region, Names names) {
        var own = backup.region() == null ? region : backup.region();
        return s3(new S3BackupSpec(backup.bucket(), null, null, own, null), names);
    }

    private static BackupPlan gcp(GcpBackupSpec backup, Names names) {
        return new BackupPlan(
                "backup-gcs",
                List.of(Env.of("BACKUP_GCS_BUCKET", backup.bucket()), Env.of("BACKUP_GCS_PATH", path(names))));
    }

    private static BackupPlan azure(AzureBackupSpec backup, Names names) {
        var env = new ArrayList<EnvVar>();
        env.add(Env.of("BACKUP_AZURE_CONTAINER", backup.container()));
        env.add(Env.of("BACKUP_AZURE_PATH", path(names)));
        env.add(Env.of("AZURE_STORAGE_ACCOUNT", backup.storageAccount()));
        if (backup.keySecretRef() != null) {
            env.add(Env.secret("AZURE_STORAGE_KEY", backup.keySecretRef()));
        }
        return new BackupPlan("backup-azure", env);
    }

    /** Clusters that share a prefix cancel each other's backups (weaviate.md §5). */
    private static String path(Names names) {
        return names.namespace() + "/" + names.cluster();
    }
}
