package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backups on demand, into the S3 server of the local cluster, with everything dying in the middle. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {
    private static final Duration A_BACKUP = Duration.ofMinutes(3);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final int KEPT = 500;
    /** Enough for a backup at one percent of a CPU to be caught in the middle. */
    private static final int BALLAST = 80;

    private static final String SLOWLY = "cpuPercentage: 1\ncompression: BestCompression\n";

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-backup");

    private static Subject db;

    @BeforeAll
    static void startCluster() {
        db = JOURNEY.cluster("db");
        keys("s3", "testtest");
        keys("wrong", "nonsense");
        db.apply(Subject.small(
                3,
                "backup: {s3: {bucket: backups, path: journey-backup/%d, endpoint: 'http://172.30.0.1:7070', region: us-east-1, credentialsSecretRef: {name: s3}}}"
                        .formatted(ProcessHandle.current().pid())));
        db.awaitReady();
        db.weaviate().store("Kept", 3, KEPT);
        db.weaviate().ballast("Ballast", BALLAST);
    }

    /** While there is an operator to end their finalizers. */
    @AfterAll
    static void deleteBackups() {
        JOURNEY.client().resources(Backup.class).inNamespace(db.namespace()).delete();
        await("all Backups are gone").atMost(A_BACKUP).until(() -> JOURNEY.client()
                .resources(Backup.class)
                .inNamespace(db.namespace())
                .list()
                .getItems()
                .isEmpty());
    }

    @Test
    @Order(1)
    void isProvenInTheBucket() {
        apply("plain", "");

        awaitReady("plain");
        var status = status("plain").orElseThrow();
        assertThat(status.phase()).isEqualTo(BackupPhase.SUCCEEDED);
        assertThat(status.location()).startsWith("s3://backups/journey-backup/").endsWith("/" + status.id());
        assertThat(status.sizeBytes()).isPositive();
        assertThat(status.collections()).isEqualTo(2);
        assertThat(status.attempts()).isEqualTo(1);
        assertThat(status.leftovers()).isNull();
        assertThat(status.serverVersion()).isEqualTo("1.35.2");
        assertThat(db.weaviate().backup(status.id())).isEqualTo("SUCCESS");
    }

    @Test
    @Order(2)
    void saysWhatIsWrongWithTheStorage() {
        apply("wrong-keys", "storage: {s3: {bucket: backups, credentialsSecretRef: {name: wrong}}}\n");
        apply("no-keys", "storage: {s3: {bucket: backups, credentialsSecretRef: {name: missing}}}\n");
        apply("no-bucket", "storage: {s3: {bucket: there-is-none}}\n");
        apply("no-collection", "include: {collections: [Nowhere]}\n");

        awaitReason("wrong-keys", "StorageDenied");
        awaitReason("no-keys", "SecretNotFound");
        awaitReason("no-bucket", "BucketNotFound");
        awaitReason("no-collection", "BackupRefused");
        assertThat(condition("no-collection", "Ready").orElseThrow().getMessage())
                .contains("Nowhere");

        keys("missing", "testtest");
        awaitReady("no-keys");
        List.of("wrong-keys", "no-bucket", "no-collection").forEach(BackupIT::delete);
    }

    @Test
    @Order(3)
    void outlivesTheOperator() {
        var before = db.weaviate().backups();
        apply("orphan", SLOWLY);
        await("it is under way").atMost(A_BACKUP).pollInterval(A_LOOK).until(() -> status("orphan")
                .map(OnDemandBackupStatus::id)
                .isPresent());

        JOURNEY.operator().kill();

        awaitReady("orphan");
        var status = status("orphan").orElseThrow();
        assertThat(status.attempts()).isEqualTo(1);
        assertThat(db.weaviate().backups())
                .containsAll(before)
                .hasSize(before.size() + 1)
                .contains(status.id());
    }

    @Test
    @Order(4)
    void beginsAgainWhenTheCoordinatorDies() {
        apply("bereft", SLOWLY);
        awaitRunning("bereft");
        var first = status("bereft").orElseThrow();

        JOURNEY.client().resource(coordinator(first.node())).withGracePeriod(0).delete();

        awaitReady("bereft");
        var second = status("bereft").orElseThrow();
        assertThat(second.attempts()).isEqualTo(2);
        assertThat(second.id()).isNotEqualTo(first.id());
        await("nothing is left of the first attempt")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> status("bereft").orElseThrow().leftovers() == null);
        assertThat(db.weaviate().backups()).contains(second.id()).doesNotContain(first.id());
        assertThat(condition("bereft", "Ready").orElseThrow().getStatus()).isEqualTo("True");
    }

    @Test
    @Order(5)
    void leavesNothingWhenItIsDeletedInTheMiddle() {
        apply("unwanted", SLOWLY);
        awaitRunning("unwanted");
        var id = status("unwanted").orElseThrow().id();

        delete("unwanted");

        assertThat(db.weaviate().backups()).doesNotContain(id);
    }

    @Test
    @Order(6)
    void goesWithItsResourceOnlyWhereThatIsAskedFor() {
        apply("gone", "deletionPolicy: Delete\n");
        awaitReady("gone");
        var gone = status("gone").orElseThrow().id();
        var kept = status("plain").orElseThrow().id();

        delete("gone");
        delete("plain");

        assertThat(db.weaviate().backups()).contains(kept).doesNotContain(gone);
    }

    private static void keys(String name, String secret) {
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(db.namespace())
                        .withName(name)
                        .endMetadata()
                        .addToStringData("AWS_ACCESS_KEY_ID", "test")
                        .addToStringData("AWS_SECRET_ACCESS_KEY", secret)
                        .build())
                .create();
    }

    private static void apply(String name, String more) {
        var backup = """
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: %s, name: %s}
                spec:
                  clusterRef: {name: db}
                """.formatted(db.namespace(), name) + more.indent(2);
        JOURNEY.client().resource(Serialization.unmarshal(backup, Backup.class)).create();
    }

    private static Resource<Backup> resource(String name) {
        return JOURNEY.client()
                .resources(Backup.class)
                .inNamespace(db.namespace())
                .withName(name);
    }

    private static Optional<OnDemandBackupStatus> status(String name) {
        return Optional.ofNullable(resource(name).get().getStatus());
    }

    private static Optional<Condition> condition(String name, String type) {
        return status(name).flatMap(status -> status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst());
    }

    private static void awaitRunning(String name) {
        await(name + " runs").atMost(A_BACKUP).pollInterval(A_LOOK).until(() -> status(name)
                .filter(status -> status.phase() == BackupPhase.RUNNING)
                .isPresent());
    }

    private static void awaitReady(String name) {
        await(name + " is Ready").atMost(A_BACKUP).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(name, "Ready"))
                .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                        .as("%s: %s", ready.getReason(), ready.getMessage())
                        .isEqualTo("True")));
    }

    private static void awaitReason(String name, String reason) {
        await(name + ": " + reason).atMost(A_BACKUP).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(name, "Stalled"))
                .hasValueSatisfying(stalled -> {
                    assertThat(stalled.getStatus()).as(stalled.getMessage()).isEqualTo("True");
                    assertThat(stalled.getReason()).as(stalled.getMessage()).isEqualTo(reason);
                }));
    }

    private static void delete(String name) {
        resource(name).delete();
        await(name + " is gone")
                .atMost(A_BACKUP)
                .pollInterval(A_LOOK)
                .until(() -> resource(name).get() == null);
    }

    private static Pod coordinator(String node) {
        return db.pods().stream()
                .filter(pod -> pod.getMetadata().getName().equals(node))
                .findFirst()
                .orElseThrow();
    }
}
