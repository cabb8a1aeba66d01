package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupTargetTest {
    private static final String HOME = "shop/db";
    private static final ServerStorage SERVER = new ServerStorage(
            "backups", "shop/db", Optional.of("http://s3:9000"), Optional.of("eu-1"), Optional.of("keys"));

    private static BackupBucketSpec wanted(String yaml) {
        return Serialization.unmarshal("---\n" + yaml, BackupBucketSpec.class);
    }

    @Test
    void takesTheServersOwn() {
        assertThat(BackupTarget.of(null, Optional.of(SERVER), HOME))
                .isEqualTo(
                        new BackupTarget.Known(
                                wanted(
                                        "{bucket: 's3://backups/shop/db', endpoint: 'http://s3:9000', region: eu-1, pathStyle: true, credentialsSecretRef: {name: keys}}")));
    }

    @ParameterizedTest
    @CsvSource({
        "backups, s3://backups/shop/db, true",
        "s3://backups, s3://backups/shop/db, true",
        "s3://backups/shop/db/, s3://backups/shop/db, true",
        "s3://backups/other, s3://backups/other, false",
        "other, s3://other/shop/db, false",
        "s3://other/x/y, s3://other/x/y, false"
    })
    void choosesBucketAndPrefix(String bucket, String name, boolean configured) {
        assertThat(BackupTarget.of(wanted("bucket: " + bucket), Optional.of(SERVER), HOME))
                .isInstanceOfSatisfying(BackupTarget.Known.class, known -> {
                    assertThat(known.storage().bucket()).isEqualTo(name);
                    assertThat(BackupTarget.configured(known.storage(), SERVER)).isEqualTo(configured);
                });
    }

    @Test
    void cannotSendTheServerElsewhere() {
        assertThat(BackupTarget.of(wanted("{bucket: b, endpoint: 'https://s3:9000'}"), Optional.of(SERVER), HOME))
                .isInstanceOfSatisfying(BackupTarget.Impossible.class, no -> {
                    assertThat(no.why().reason()).isEqualTo("StorageDiffers");
                    assertThat(no.why().message()).contains("https://s3:9000", "http://s3:9000");
                });
    }

    @Test
    void needsABucketOfTheServer() {
        assertThat(BackupTarget.of(null, Optional.empty(), HOME))
                .isInstanceOfSatisfying(
                        BackupTarget.Impossible.class,
                        no -> assertThat(no.why().reason()).isEqualTo("NoBackupStorage"));
    }

    @Test
    void readsItOffTheProcess() {
        assertThat(ServerStorage.of(environment(
                        "{name: ENABLE_MODULES, value: 'text2vec-bigram, backup-s3'}",
                        "{name: BACKUP_S3_BUCKET, value: old}",
                        "{name: BACKUP_S3_BUCKET, value: backups}",
                        "{name: BACKUP_S3_PATH, value: shop/db}",
                        "{name: BACKUP_S3_ENDPOINT, value: 's3:9000'}",
                        "{name: BACKUP_S3_USE_SSL, value: 'false'}",
                        "{name: AWS_DEFAULT_REGION, value: eu-1}",
                        "{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: keys, key: AWS_ACCESS_KEY_ID}}}")))
                .contains(SERVER);
    }

    @ParameterizedTest
    @CsvSource({"'{name: ENABLE_MODULES, value: backup-gcs}'", "'{name: OTHER, value: x}'"})
    void knowsWhenThereIsNone(String variable) {
        assertThat(ServerStorage.of(environment(variable, "{name: BACKUP_S3_BUCKET, value: b}")))
                .isEmpty();
    }

    private static List<EnvVar> environment(String... variables) {
        return Arrays.stream(variables)
                .map(yaml -> Serialization.unmarshal("---\n" + yaml, EnvVar.class))
                .toList();
    }
}
