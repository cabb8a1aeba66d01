package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
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

/** From one Weaviate into a newer one, by clusters and by hosts, with the pod dying in the middle. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationIT {
    private static final Duration A_MIGRATION = Duration.ofMinutes(3);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final String CLUSTERS = "source: {clusterRef: {name: dev}}\ntarget: {clusterRef: {name: stg}}\n";

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-migration");

    private static Subject dev;
    private static Subject stg;

    @BeforeAll
    static void startClusters() {
        dev = JOURNEY.cluster("dev");
        stg = JOURNEY.cluster("stg");
        dev.apply(Subject.small(1, ""));
        stg.apply(Subject.small(1, "").replace("1.35.2", "1.36.0"));
        dev.awaitReady();
        stg.awaitReady();
        MigratedData.fill(dev.weaviate());
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(dev.namespace())
                        .withName("wrong")
                        .endMetadata()
                        .addToStringData("api-key", "nonsense")
                        .build())
                .create();
    }

    /** While there is an operator; their Jobs go with them. */
    @AfterAll
    static void deleteMigrations() {
        JOURNEY.client().resources(Migration.class).inNamespace(dev.namespace()).delete();
    }

    /** First, because the others take their time meanwhile. */
    @Test
    @Order(1)
    void namesTheHostsOfTheSample() throws IOException {
        var sample = Files.readString(Path.of("src/test/resources/crd/migration/sample.yaml"));
        JOURNEY.client()
                .resource(sample.replace("namespace: default", "namespace: " + dev.namespace()))
                .create();

        await("the Job runs").atMost(A_MIGRATION).pollInterval(A_LOOK).until(() -> status("wv-migration-dev2stg")
                .map(MigrationStatus::resumedAt)
                .isPresent());
        assertThat(condition("wv-migration-dev2stg", "Ready").orElseThrow().getMessage())
                .contains("https://my-source-cluster.weaviate.io:6339")
                .contains("spec.source.restHost");
    }

    @Test
    @Order(2)
    void goesOnWhereItsPodDied() {
        apply("by-cluster", CLUSTERS + "rateLimit: 300\nbatchSize: 50\n");
        await("it is in the middle").atMost(A_MIGRATION).pollInterval(A_LOOK).until(() -> status("by-cluster")
                .map(MigrationStatus::percent)
                .filter(percent -> percent >= 5)
                .isPresent());

        pods("by-cluster")
                .forEach(
                        pod -> JOURNEY.client().resource(pod).withGracePeriod(0).delete());

        awaitReady("by-cluster");
        var status = status("by-cluster").orElseThrow();
        assertThat(status.phase()).isEqualTo(MigrationPhase.SUCCEEDED);
        assertThat(status.percent()).isEqualTo(100);
        assertThat(status.objects().total()).isEqualTo(MigratedData.ALL);
        assertThat(status.collections()).isEqualTo(3);
        assertThat(status.differences()).isNull();
        isEqual();
    }

    @Test
    @Order(3)
    void findsWhatDiffersAndOnlyThat() {
        apply("check", CLUSTERS + "mode: verify\n");
        awaitReady("check");
        var gone = MigratedData.id("Author", 7);
        stg.weaviate().status("DELETE", "/v1/objects/Author/" + gone);

        apply("check-again", CLUSTERS + "mode: verify\n");

        awaitReason("check-again", "SidesDiffer");
        assertThat(status("check-again").orElseThrow().differences())
                .anySatisfy(difference -> assertThat(difference).contains(gone + ": missing on the target"));
    }

    @Test
    @Order(4)
    void takesHostsAsWell() {
        MigratedData.clear(stg.weaviate());

        apply("by-host", """
                source:
                  host: http://dev.%s.svc:50051
                  type: grpc
                  restHost: http://dev.%s.svc
                  apiKeySecretRef: {name: dev-auth, key: api-key}
                target:
                  host: stg.%s.svc
                  type: http
                  apiKeySecretRef: {name: stg-auth, key: api-key}
                """.formatted(dev.namespace(), dev.namespace(), dev.namespace()));

        awaitReady("by-host");
        isEqual();
    }

    @Test
    @Order(5)
    void saysWhatIsWrong() {
        apply("there-already", CLUSTERS);
        apply("wrong-key", """
                source: {clusterRef: {name: dev}}
                target: {host: stg.%s.svc, type: http, apiKeySecretRef: {name: wrong, key: api-key}}
                """.formatted(dev.namespace()));
        apply("no-key", """
                source: {clusterRef: {name: dev}}
                target: {host: stg.%s.svc, type: http, apiKeySecretRef: {name: missing, key: api-key}}
                """.formatted(dev.namespace()));
        apply("no-such-day", CLUSTERS + "schedule: {startTime: 31-02-2026T00:00:00Z}\n");
        apply("too-slow", CLUSTERS + "onConflict: Overwrite\nrateLimit: 1\ntimeout: 20s\n");

        awaitReason("no-key", "SecretNotFound");
        awaitReason("no-such-day", "InvalidStartTime");
        awaitReason("there-already", "MigrationFailed");
        assertThat(condition("there-already", "Ready").orElseThrow().getMessage())
                .contains("Article");
        awaitReason("wrong-key", "MigrationFailed");
        assertThat(condition("wrong-key", "Ready").orElseThrow().getMessage())
                .contains("stg.%s.svc".formatted(dev.namespace()))
                .doesNotContain("nonsense");
        awaitReason("too-slow", "TimedOut");
        isEqual();
    }

    private static void isEqual() {
        var source = MigratedData.read(dev.weaviate());
        assertThat(source).hasSize(MigratedData.ALL + 1);
        assertThat(MigratedData.read(stg.weaviate()).equals(source))
                .as("both sides hold the same")
                .isTrue();
    }

    private static void apply(String name, String spec) {
        var migration = """
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Migration
                metadata: {namespace: %s, name: %s}
                spec:
                """.formatted(dev.namespace(), name) + spec.indent(2);
        JOURNEY.client()
                .resource(Serialization.unmarshal(migration, Migration.class))
                .create();
    }

    private static List<Pod> pods(String name) {
        return JOURNEY.client()
                .pods()
                .inNamespace(dev.namespace())
                .withLabel("batch.kubernetes.io/job-name", name)
                .list()
                .getItems();
    }

    private static Resource<Migration> resource(String name) {
        return JOURNEY.client()
                .resources(Migration.class)
                .inNamespace(dev.namespace())
                .withName(name);
    }

    private static Optional<MigrationStatus> status(String name) {
        return Optional.ofNullable(resource(name).get().getStatus());
    }

    private static Optional<Condition> condition(String name, String type) {
        return status(name).flatMap(status -> status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst());
    }

    private static void awaitReady(String name) {
        await(name + " is Ready").atMost(A_MIGRATION).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(name, "Ready"))
                .hasValueSatisfying(ready -> assertThat(ready.getStatus())
                        .as("%s: %s", ready.getReason(), ready.getMessage())
                        .isEqualTo("True")));
    }

    private static void awaitReason(String name, String reason) {
        await(name + ": " + reason).atMost(A_MIGRATION).pollInterval(A_LOOK).untilAsserted(() -> assertThat(
                        condition(name, "Stalled"))
                .hasValueSatisfying(stalled -> {
                    assertThat(stalled.getStatus()).as(stalled.getMessage()).isEqualTo("True");
                    assertThat(stalled.getReason()).as(stalled.getMessage()).isEqualTo(reason);
                }));
    }
}
