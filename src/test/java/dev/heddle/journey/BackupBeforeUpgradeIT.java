package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.core.upgrade.RolloutPlanner;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Restarts and backups of one node, with the S3 server of the local cluster, keep out of each other's way. */
@Tag("journey")
@TestMethodOrder(OrderAnnotation.class)
class BackupBeforeUpgradeIT {
    private static final Duration AN_UPGRADE = Duration.ofMinutes(5);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final int KEPT = 100;

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-backup-upgrade");

    private final Subject one = JOURNEY.cluster("one");

    @Test
    @Order(1)
    void takesABackupFirst() {
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(one.namespace())
                        .withName("s3")
                        .endMetadata()
                        .addToStringData("AWS_ACCESS_KEY_ID", "test")
                        .addToStringData("AWS_SECRET_ACCESS_KEY", "testtest")
                        .build())
                .create();
        one.apply(
                Subject.small(
                        1,
                        "backup: {s3: {bucket: backups, endpoint: 'http://172.30.0.1:7070', region: us-east-1, credentialsSecretRef: {name: s3}}}"));
        one.awaitReady();
        one.weaviate().store("Kept", 1, KEPT);

        var backup = new AtomicReference<String>();
        one.change("version: 1.36.0\nupgrade: {backupFirst: true}");
        await("the version is there").atMost(AN_UPGRADE).pollInterval(A_LOOK).until(() -> {
            var status = one.status();
            if (status.upgrade() != null && status.upgrade().stage() == UpgradeStage.ROLLING) {
                backup.set(status.upgrade().backup());
            }
            return "1.36.0".equals(status.version());
        });
        one.awaitReady();
        assertThat(one.weaviate().backup(backup.get())).isEqualTo("SUCCESS");
        one.weaviate().holds("Kept", KEPT);
    }

    /** The one of the test before; a restart would end the backup. */
    @Test
    @Order(2)
    void waitsForABackupThatAUserTakes() {
        one.weaviate().ballast("Ballast", 120);
        var pods = one.uids();
        await("the pod has been ready for long enough")
                .atMost(Subject.PATIENCE)
                .pollDelay(RolloutPlanner.STABLE)
                .until(() -> true);

        one.weaviate().backUpSlowly("of-a-user");
        one.change("podAnnotations: {example.com/note: rolled}");
        one.awaitCondition("Reconciling", "True", "RollingOut", "backup of-a-user has been going on since");
        assertThat(one.uids()).isEqualTo(pods);
        one.awaitReadyWithout(pods);
        assertThat(one.weaviate().backup("of-a-user")).isEqualTo("SUCCESS");
        one.weaviate().holds("Kept", KEPT);
    }
}
