package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackupStatus;
import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketCredentials;
import dev.heddle.bucket.BucketException;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.bucket.S3BackupStore;
import dev.heddle.core.backup.BackupNames;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Backups by the minute, of which two stay: as resources, and in the S3 server of the local cluster. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduledBackupIT {
    private static final String NAMESPACE = "journey-schedule";
    private static final String SERVER = "http://172.30.0.1:7070";
    private static final String PREFIX =
            NAMESPACE + "/" + ProcessHandle.current().pid();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final BackupStore STORE = new S3BackupStore();

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(NAMESPACE);

    private static Subject db;

    @BeforeAll
    static void startCluster() {
        db = JOURNEY.cluster("db");
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName("s3")
                        .endMetadata()
                        .addToStringData("AWS_ACCESS_KEY_ID", "test")
                        .addToStringData("AWS_SECRET_ACCESS_KEY", "testtest")
                        .build())
                .create();
        db.apply(Subject.small(
                1,
                "backup: {s3: {bucket: backups, path: %s, endpoint: '%s', region: us-east-1, credentialsSecretRef: {name: s3}}}"
                        .formatted(PREFIX, SERVER)));
        db.awaitReady();
        db.weaviate().store("Kept", 1, 100);
    }

    /** While there is an operator to end their finalizers. */
    @AfterAll
    static void deleteBackups() {
        JOURNEY.client().resources(ScheduledBackup.class).inNamespace(NAMESPACE).delete();
        JOURNEY.client().resources(Backup.class).inNamespace(NAMESPACE).delete();
        await("all Backups are gone").atMost(PATIENCE).until(() -> backups().isEmpty());
    }

    @Test
    @Order(1)
    void keepsExactlyTheLastTwo() {
        apply("often", "schedule: '* * * * *'\nretention: {keepLast: 2}\n");
        runNow("often", "one");
        awaitBackup(BackupNames.asked("often", "one"));
        runNow("often", "two");
        awaitBackup(BackupNames.asked("often", "two"));
        await("a run by the clock").atMost(PATIENCE).pollInterval(A_LOOK).until(() -> status("often")
                .map(ScheduledBackupStatus::lastBackup)
                .filter(name -> BackupNames.run("often", name).isPresent())
                .isPresent());

        await("two backups stay").atMost(PATIENCE).pollInterval(A_LOOK).untilAsserted(() -> {
            var kept = backups();
            assertThat(kept)
                    .hasSize(2)
                    .allMatch(backup ->
                            backup.getStatus() != null && backup.getStatus().phase() == BackupPhase.SUCCEEDED);
            assertThat(inBucket())
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().map(backup -> backup.getStatus().id()).toList());
        });
        var status = status("often").orElseThrow();
        assertThat(status.location()).isEqualTo("s3://backups/" + PREFIX);
        assertThat(status.runNow()).isEqualTo("two");
        assertThat(status.lastScheduled()).isNotNull();
        assertThat(condition("often", "Ready")).contains("True LastBackupSucceeded");
    }

    @Test
    @Order(2)
    void beginsNothingWhileItIsSuspended() {
        resource("often").patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":true}}");
        await("what went on has ended")
                .atMost(PATIENCE)
                .pollInterval(A_LOOK)
                .until(() -> condition("often", "Reconciling")
                                .filter("False Suspended"::equals)
                                .isPresent()
                        && status("often").orElseThrow().active() == null);
        var before = names();

        runNow("often", "three");
        await("a run was due, and did not begin")
                .during(Duration.ofSeconds(62))
                .atMost(Duration.ofSeconds(90))
                .until(() -> names().equals(before));
        assertThat(status("often").orElseThrow().nextRun()).isNull();
    }

    @Test
    @Order(3)
    void saysWhatIsMissing() throws IOException {
        var sample = Files.readString(
                        Path.of("src", "test", "resources", "crd", "scheduledbackup", "valid-sample.yaml"))
                .replace("namespace: default", "namespace: " + NAMESPACE);
        JOURNEY.client()
                .resource(Serialization.unmarshal(sample, ScheduledBackup.class))
                .create();
        apply("other", "schedule: '@daily'\nserviceAccountName: wv-aws\n");
        apply("wrong", "schedule: 0 4 31 2 *\n");

        awaitStalled("wv-prod-backup", "ClusterNotFound");
        awaitStalled("other", "ServiceAccountDiffers");
        awaitStalled("wrong", "InvalidSchedule");
    }

    @Test
    @Order(4)
    void leavesItsBackupsWhenItGoes() {
        var before = names();

        resource("often").delete();

        await("it is gone").atMost(PATIENCE).until(() -> resource("often").get() == null);
        assertThat(names()).isEqualTo(before).isNotEmpty();
        assertThat(inBucket()).hasSameSizeAs(before);
    }

    /** Nothing else makes the operator look at this schedule for a year. */
    @Test
    @Order(5)
    void beginsAtOnceWhenItIsAskedTo() {
        apply("rare", "schedule: '@yearly'\n");
        await("it is known").atMost(PATIENCE).pollInterval(A_LOOK).until(() -> status("rare")
                .map(ScheduledBackupStatus::nextRun)
                .isPresent());

        runNow("rare", "now");
        await("it begins").atMost(Duration.ofSeconds(20)).pollInterval(A_LOOK).until(() -> names().contains(
                        BackupNames.asked("rare", "now")));
    }

    private static void apply(String name, String spec) {
        var schedule = """
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: ScheduledBackup
                metadata: {namespace: %s, name: %s}
                spec:
                  clusterRef: {name: db}
                """.formatted(NAMESPACE, name) + spec.indent(2);
        JOURNEY.client()
                .resource(Serialization.unmarshal(schedule, ScheduledBackup.class))
                .create();
    }

    private static void runNow(String name, String value) {
        resource(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"heddle.dev/run-now\":\"%s\"}}}".formatted(value));
    }

    private static Resource<ScheduledBackup> resource(String name) {
        return JOURNEY.client()
                .resources(ScheduledBackup.class)
                .inNamespace(NAMESPACE)
                .withName(name);
    }

    private static Optional<ScheduledBackupStatus> status(String name) {
        return Optional.ofNullable(resource(name).get().getStatus());
    }

    /** Its status and reason. */
    private static Optional<String> condition(String name, String type) {
        return status(name).flatMap(status -> status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .map(condition -> condition.getStatus() + " " + condition.getReason())
                .findFirst());
    }

    private static void awaitStalled(String name, String reason) {
        await(name + ": " + reason).atMost(PATIENCE).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(name, "Stalled"))
                .contains("True " + reason));
    }

    /** It may be gone again by the next look, but not before another is good. */
    private static void awaitBackup(String name) {
        await(name + " is good").atMost(PATIENCE).pollInterval(A_LOOK).until(() -> Optional.ofNullable(JOURNEY.client()
                        .resources(Backup.class)
                        .inNamespace(NAMESPACE)
                        .withName(name)
                        .get())
                .map(Backup::getStatus)
                .filter(status -> status.phase() == BackupPhase.SUCCEEDED)
                .isPresent());
    }

    private static List<Backup> backups() {
        return JOURNEY.client()
                .resources(Backup.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    private static List<String> names() {
        return backups().stream()
                .map(backup -> backup.getMetadata().getName())
                .sorted()
                .toList();
    }

    private static List<String> inBucket() {
        var where = BucketLocation.of("s3://backups/" + PREFIX)
                .withServer(Optional.of(URI.create(SERVER)), Optional.of("us-east-1"), true, Optional.empty())
                .withCredentials(Optional.of(new BucketCredentials("test", "testtest", Optional.empty())));
        try {
            return STORE.ids(where);
        } catch (BucketException trouble) {
            throw new AssertionError(trouble);
        }
    }
}
