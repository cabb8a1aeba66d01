package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupPlannerTest {

    /** Module and environment in one line; a reference to a Secret as @secret/key. */
    private static Optional<String> words(String yaml) {
        return BackupPlanner.plan(Samples.spec(yaml), Samples.NAMES)
                .map(plan -> plan.module()
                        + plan.env().stream()
                                .map(variable -> variable.getValueFrom() == null
                                        ? variable.getName() + "=" + variable.getValue()
                                        : "%s=@%s/%s"
                                                .formatted(
                                                        variable.getName(),
                                                        variable.getValueFrom()
                                                                .getSecretKeyRef()
                                                                .getName(),
                                                        variable.getValueFrom()
                                                                .getSecretKeyRef()
                                                                .getKey()))
                                .collect(Collectors.joining(" ", " ", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup: {s3: {bucket: abc}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db",
                "backup: {s3: {bucket: abc, path: x/y, region: eu}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=x/y AWS_REGION=eu",
                "backup: {s3: {bucket: abc, endpoint: 'minio:9000'}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db BACKUP_S3_ENDPOINT=minio:9000 BACKUP_S3_USE_SSL=true",
                "backup: {s3: {bucket: abc, endpoint: 'http://minio:9000'}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db BACKUP_S3_ENDPOINT=minio:9000 BACKUP_S3_USE_SSL=false",
                "backup: {s3: {bucket: abc, endpoint: 'https://minio'}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db BACKUP_S3_ENDPOINT=minio BACKUP_S3_USE_SSL=true",
                "backup: {s3: {bucket: abc, credentialsSecretRef: {name: s}}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db AWS_ACCESS_KEY_ID=@s/AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY=@s/AWS_SECRET_ACCESS_KEY",
                "cloudProvider: {type: aws, region: r, aws: {backup: {bucket: abc}}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db AWS_REGION=r",
                "cloudProvider: {type: aws, region: r, aws: {backup: {bucket: abc, region: own}}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db AWS_REGION=own",
                "cloudProvider: {type: aws, aws: {backup: {bucket: abc}}} | backup-s3 BACKUP_S3_BUCKET=abc BACKUP_S3_PATH=shop/db",
                "cloudProvider: {type: gcp, gcp: {backup: {bucket: abc}}} | backup-gcs BACKUP_GCS_BUCKET=abc BACKUP_GCS_PATH=shop/db",
                "cloudProvider: {type: azure, azure: {backup: {storageAccount: acc, container: con}}} | backup-azure BACKUP_AZURE_CONTAINER=con BACKUP_AZURE_PATH=shop/db AZURE_STORAGE_ACCOUNT=acc",
                "cloudProvider: {type: azure, azure: {backup: {storageAccount: acc, container: con, keySecretRef: {name: s, key: k}}}} | backup-azure BACKUP_AZURE_CONTAINER=con BACKUP_AZURE_PATH=shop/db AZURE_STORAGE_ACCOUNT=acc AZURE_STORAGE_KEY=@s/k",
            })
    void configuresTheModule(String yaml, String expected) {
        assertThat(words(yaml)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "backup: {}",
                "cloudProvider: {type: aws}",
                "cloudProvider: {type: gcp, gcp: {}}",
                "cloudProvider: {type: azure, azure: {}}"
            })
    void isOffWithoutABucket(String yaml) {
        assertThat(words(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws: {backup: {bucket: loses, region: r}}"})
    void prefersItsOwnSettings(String aws) {
        var yaml = "backup: {s3: {bucket: wins}}\ncloudProvider: {type: aws, region: r, %s}".formatted(aws);

        assertThat(words(yaml).orElseThrow()).contains("wins").doesNotContain("loses", "AWS_REGION");
    }
}
