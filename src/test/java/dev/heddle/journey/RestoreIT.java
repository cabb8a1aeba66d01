package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backup of one cluster into another of another name, compared object by object; and everything that is refused. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreIT {
    private static final Duration A_RESTORE = Duration.ofMinutes(3);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final List<String> TENANTS = List.of("ann", "bob", "cem");
    private static final int BOOKS = 3000;
    private static final int OF_A_TENANT = 60;
    private static final String PATH =
            "journey-restore/" + ProcessHandle.current().pid();

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-restore");

    private static Subject old;
    private static Subject fresh;
    private static Map<String, Map<String, String>> wanted;

    @BeforeAll
    static void backUp() {
        old = JOURNEY.cluster("old");
        fresh = JOURNEY.cluster("fresh");
        keys("s3", "testtest");
        keys("wrong", "nonsense");
        old.apply(spec());
        old.awaitReady();
        old.weaviate().store("Books", 3, BOOKS);
        old.weaviate().define("Orders", 3, TENANTS);
        for (var tenant : TENANTS) {
            for (int number = 0; number < OF_A_TENANT; number++) {
                assertThat(old.weaviate().write("Orders", tenant, number)).isEmpty();
            }
        }
        old.weaviate().alias("Library", "Books");
        wanted = contents(old);
        apply(Backup.class, "nightly", "clusterRef: {name: old}\n");
        awaitReady(Backup.class, "nightly");
    }

    private static String spec() {
        return Subject.small(
                        3,
                        "backup: {s3: {bucket: backups, path: %s, endpoint: 'http://172.30.0.1:7070', region: us-east-1, credentialsSecretRef: {name: s3}}}"
                                .formatted(PATH))
                .replace("1.35.2", "1.36.0");
    }

    /** While there is an operator to end their finalizers. */
    @AfterAll
    static void deleteAll() {
        for (Class<? extends HasMetadata> kind : List.of(Restore.class, Backup.class)) {
            var all = JOURNEY.client().resources(kind).inNamespace(old.namespace());
            all.delete();
            await("all are gone")
                    .atMost(A_RESTORE)
                    .until(() -> all.list().getItems().isEmpty());
        }
    }

    @Test
    @Order(1)
    void bringsEverythingIntoANewClusterOfAnotherName() {
        fresh.apply(spec());
        restore("whole", "{name: fresh}", "backupRef: {name: nightly}\n");

        awaitReady(Restore.class, "whole");
        var status = status("whole").orElseThrow();
        assertThat(status.phase()).isEqualTo(RestorePhase.SUCCEEDED);
        assertThat(status.attempts()).isEqualTo(1);
        assertThat(status.collections()).isEqualTo(2);
        assertThat(status.nodeMapping()).isEqualTo(Map.of("old-0", "fresh-0", "old-1", "fresh-1", "old-2", "fresh-2"));
        same();
        assertThat(fresh.weaviate().aliases()).isEqualTo(Map.of("Library", "Books"));
        assertThat(fresh.weaviate().replicas("Books")).containsOnlyKeys("fresh-0", "fresh-1", "fresh-2");
        fresh.pods()
                .forEach(pod -> assertThat(fresh.weaviate(pod).count("Books")).isEqualTo(BOOKS));
    }

    @Test
    @Order(2)
    void refusesWhatCannotWorkByName() {
        var bucket = "s3: {bucket: 's3://backups/%s'%s}";
        restore("again", "{name: fresh}", "backupRef: {name: nightly}\n");
        restore("nowhere", "{name: fresh}", "backupRef: {name: there-is-none}\n");
        restore("wrong-id", "{name: fresh}", "source: {id: none, %s}\n".formatted(bucket.formatted(PATH, "")));
        restore(
                "wrong-keys",
                "{name: fresh}",
                "source: {id: none, %s}\n".formatted(bucket.formatted(PATH, ", credentialsSecretRef: {name: wrong}")));

        assertThat(awaitStalled("again", "CollectionExists")).contains("Books", "Orders");
        awaitStalled("nowhere", "BackupNotFound");
        awaitStalled("wrong-id", "BackupMissing");
        awaitStalled("wrong-keys", "StorageDenied");
        same();
        for (var name : List.of("again", "nowhere", "wrong-id", "wrong-keys")) {
            delete(name);
        }
    }

    /** Of an earlier restore of the same backup the bucket says SUCCESS. */
    @Test
    @Order(3)
    void outlivesTheOperator() {
        List.of("Books", "Orders").forEach(collection -> fresh.weaviate().drop(collection));
        restore("orphan", "{name: fresh}", "backupRef: {name: nightly}\ncpuPercentage: 1\n");
        await("it is under way").atMost(A_RESTORE).pollInterval(A_LOOK).until(() -> status("orphan")
                .map(RestoreStatus::coordinator)
                .isPresent());

        JOURNEY.operator().kill();

        awaitReady(Restore.class, "orphan");
        assertThat(status("orphan").orElseThrow().attempts()).isEqualTo(1);
        same();
        assertThat(fresh.weaviate().aliases()).containsEntry("Library", "Books");
    }

    private static void same() {
        var found = contents(fresh);
        wanted.forEach((name, objects) -> assertThat(found.get(name)).as(name).isEqualTo(objects));
    }

    private static Map<String, Map<String, String>> contents(Subject cluster) {
        var all = new TreeMap<String, Map<String, String>>();
        all.put("Books", cluster.weaviate().contents("Books", ""));
        assertThat(all.get("Books")).hasSize(BOOKS);
        for (var tenant : TENANTS) {
            all.put(tenant, cluster.weaviate().contents("Orders", tenant));
            assertThat(all.get(tenant)).hasSize(OF_A_TENANT);
        }
        return all;
    }

    private static void keys(String name, String secret) {
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(old.namespace())
                        .withName(name)
                        .endMetadata()
                        .addToStringData("AWS_ACCESS_KEY_ID", "test")
                        .addToStringData("AWS_SECRET_ACCESS_KEY", secret)
                        .build())
                .create();
    }

    private static void restore(String name, String cluster, String more) {
        apply(Restore.class, name, "clusterRef: %s\n%s".formatted(cluster, more));
    }

    private static <T extends CustomResource<?, ?>> void apply(Class<T> kind, String name, String spec) {
        var yaml = """
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: %s
                metadata: {namespace: %s, name: %s}
                spec:
                """.formatted(kind.getSimpleName(), old.namespace(), name) + spec.indent(2);
        JOURNEY.client().resource(Serialization.unmarshal(yaml, kind)).create();
    }

    private static Optional<RestoreStatus> status(String name) {
        return Optional.ofNullable(JOURNEY.client()
                .resources(Restore.class)
                .inNamespace(old.namespace())
                .withName(name)
                .get()
                .getStatus());
    }

    private static Optional<Condition> condition(Class<? extends HasMetadata> kind, String name, String type) {
        var there = JOURNEY.client()
                .resources(kind)
                .inNamespace(old.namespace())
                .withName(name)
                .get();
        var conditions =
                switch (there) {
                    case Restore restore
                    when restore.getStatus() != null -> restore.getStatus().conditions();
                    case Backup backup
                    when backup.getStatus() != null -> backup.getStatus().conditions();
                    default -> List.<Condition>of();
                };
        return conditions.stream().filter(one -> type.equals(one.getType())).findFirst();
    }

    private static void awaitReady(Class<? extends HasMetadata> kind, String name) {
        await(name + " is Ready").atMost(A_RESTORE).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(kind, name, "Ready"))
                .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                        .as("%s: %s", ready.getReason(), ready.getMessage())
                        .isEqualTo("True")));
    }

    private static String awaitStalled(String name, String reason) {
        await(name + ": " + reason).atMost(A_RESTORE).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(Restore.class, name, "Stalled"))
                .hasValueSatisfying(stalled -> assertThat(stalled.getStatus() + " " + stalled.getReason())
                        .as(stalled.getMessage())
                        .isEqualTo("True " + reason)));
        return condition(Restore.class, name, "Stalled").orElseThrow().getMessage();
    }

    private static void delete(String name) {
        var resource = JOURNEY.client()
                .resources(Restore.class)
                .inNamespace(old.namespace())
                .withName(name);
        resource.delete();
        await(name + " is gone").atMost(A_RESTORE).pollInterval(A_LOOK).until(() -> resource.get() == null);
    }
}
