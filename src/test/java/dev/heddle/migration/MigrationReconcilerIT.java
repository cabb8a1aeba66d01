package dev.heddle.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.status.Conditions;
import dev.heddle.weaviatecluster.ShippedRights;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every behaviour of the controller that needs an API server, with the rights that are shipped. */
@QuarkusTest
@QuarkusTestResource(value = WithOwnImage.class, restrictToAnnotatedClass = true)
class MigrationReconcilerIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String HOSTS =
            "source: {host: a.example.com, type: http}\n  target: {host: b.example.com, type: https}\n";
    /** No node has it, so the pod waits for ever and the Job stays. */
    private static final String NOWHERE = "  nodeSelector: {heddle.dev/nowhere: 'yes'}\n";
    /** Of simulated nodes, on which a Job's pod is complete at once. */
    private static final String SIMULATED = "  nodeSelector: {type: kwok}\n  tolerations: [{operator: Exists}]\n";

    private static boolean started;

    @Inject
    Operator operator;

    private final KubernetesClient admin = ShippedRights.admin;
    private String name;

    @BeforeEach
    void start() {
        if (!started) {
            operator.start();
            started = true;
        }
        name = "m" + Long.toString(System.nanoTime(), 36);
    }

    @AfterEach
    void delete() {
        migration().delete();
        await().atMost(SOON).until(() -> migration().get() == null && job().get() == null);
    }

    @Test
    void makesTheJobAndWhatItNeedsAndRests() {
        apply(HOSTS + NOWHERE);

        conditionIs("Ready", "False", "Unschedulable", "a.example.com");
        assertThat(children()).allSatisfy(child -> assertThat(child).isNotNull().satisfies(there -> assertThat(
                        there.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(migration().get().getMetadata().getUid()))));
        var pod = job().get().getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers().getFirst().getImage()).isEqualTo(WithOwnImage.IMAGE);
        assertThat(pod.getServiceAccountName()).isEqualTo(name + "-migration");
        var before = versions();
        await().during(Duration.ofSeconds(12)).atMost(Duration.ofSeconds(15)).until(() -> versions()
                .equals(before));
    }

    @Test
    void succeedsWithItsJob() {
        apply(HOSTS + SIMULATED);

        conditionIs("Ready", "True", "Migrated", "b.example.com");
        var status = migration().get().getStatus();
        assertThat(status.phase()).isEqualTo(MigrationPhase.SUCCEEDED);
        assertThat(status.percent()).isEqualTo(100);
        assertThat(status.startedAt()).isNotNull();
        assertThat(status.completedAt()).isNotNull();
        assertThat(job().get()).as("stays for its log").isNotNull();
    }

    @Test
    void showsWhatTheJobWrites() {
        apply(HOSTS + NOWHERE);
        conditionIs("Ready", "False", "Unschedulable", "");

        admin.configMaps()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name + "-progress")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("data", Map.of(ProgressJson.KEY, """
                                {"id": "%s", "phase": "COPYING", "collections": 2, "tenants": 0, "updated": 1,
                                 "objects": {"total": 10, "done": 5, "written": 5, "resent": 0, "kept": 0, "bytes": 9},
                                 "objectsPerSecond": 2.5, "secondsLeft": 2, "message": "Article", "freezeWanted": false}""".formatted(
                                        migration().get().getMetadata().getUid())))));

        await().atMost(SOON).untilAsserted(() -> assertThat(status()).hasValueSatisfying(status -> {
            assertThat(status.percent()).isEqualTo(50);
            assertThat(status.timeLeft()).isEqualTo("2s");
            assertThat(status.collections()).isEqualTo(2);
        }));
    }

    @Test
    void suspendsResumesAndReplaces() {
        apply(HOSTS + NOWHERE);
        conditionIs("Ready", "False", "Unschedulable", "");
        var first = job().get().getMetadata().getUid();

        apply(HOSTS + NOWHERE + "  suspend: true\n");
        conditionIs("Stalled", "True", "Suspended", "what was copied is kept");
        assertThat(job().get()).isNull();
        assertThat(status().map(MigrationStatus::phase)).contains(MigrationPhase.SUSPENDED);

        apply(HOSTS + NOWHERE);
        conditionIs("Stalled", "False", "NotStalled", "");
        await().atMost(SOON).until(() -> uid().filter(uid -> !uid.equals(first)).isPresent());
        var second = uid().orElseThrow();

        apply(HOSTS + NOWHERE + "  retries: 1\n");
        await().atMost(SOON)
                .until(() -> uid().filter(uid -> !uid.equals(second)).isPresent());
        assertThat(job().get().getSpec().getBackoffLimit()).isEqualTo(1);
    }

    @Test
    void waitsForItsTimeAndForItsKeys() {
        apply(HOSTS + NOWHERE + "  schedule: {startTime: 01-01-2999T00:00:00Z}\n");
        conditionIs("Reconciling", "True", "Scheduled", "2999-01-01T00:00:00Z");
        assertThat(status().map(MigrationStatus::phase)).contains(MigrationPhase.SCHEDULED);
        assertThat(job().get()).isNull();

        apply("""
                source: {host: a.example.com, type: http, apiKeySecretRef: {name: %s, key: k}}
                  target: {host: b.example.com, type: https}
                """.formatted(name) + NOWHERE);
        conditionIs("Stalled", "True", "SecretNotFound", name);
        assertThat(job().get()).isNull();

        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(ShippedRights.NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .addToStringData("k", "v")
                        .build())
                .create();
        await().atMost(SOON).until(() -> job().get() != null);
    }

    @Test
    void saysWhatTheApiServerRefuses() {
        var quota = admin.resource(new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace(ShippedRights.NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addToHard("count/jobs.batch", new Quantity("0"))
                .endSpec()
                .build());
        quota.create();
        await().atMost(SOON).until(() -> Optional.ofNullable(quota.get().getStatus())
                .map(status -> status.getHard())
                .filter(hard -> !hard.isEmpty())
                .isPresent());

        apply(HOSTS + NOWHERE);
        conditionIs("Stalled", "True", "ChildRefused", "quota");

        quota.delete();
        await().atMost(SOON.plusMinutes(1)).until(() -> job().get() != null);
    }

    @Test
    void leavesWhatIsSomebodyElses() {
        var account = admin.serviceAccounts().inNamespace(ShippedRights.NAMESPACE);
        var foreign = Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {namespace: %s, name: %s-migration}}"
                        .formatted(ShippedRights.NAMESPACE, name),
                ServiceAccount.class);
        admin.resource(foreign).create();

        apply(HOSTS + NOWHERE);

        conditionIs("Stalled", "True", "NameTaken", name + "-migration");
        assertThat(account.withName(name + "-migration").get().getMetadata().getOwnerReferences())
                .isEmpty();
        assertThat(job().get()).isNull();
        admin.resource(foreign).delete();
    }

    @Test
    void namesAClusterThatIsNotThere() {
        apply("source: {clusterRef: {name: nowhere}}\n  target: {host: b.example.com, type: https}\n");

        conditionIs("Stalled", "True", "ClusterNotFound", "nowhere");
    }

    /** It names hosts that do not exist; the image of this test does not either. */
    @Test
    void takesTheSampleAsItIs() throws IOException {
        var sample = Files.readString(Path.of("src/test/resources/crd/migration/sample.yaml"));

        admin.resource(sample.replace("name: wv-migration-dev2stg", "name: " + name)
                        .replace("namespace: default", "namespace: " + ShippedRights.NAMESPACE))
                .create();

        await().atMost(SOON).until(() -> job().get() != null);
        conditionIs("Stalled", "False", "NotStalled", "");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        status().flatMap(status -> Conditions.find(status.conditions(), "Ready")))
                .hasValueSatisfying(ready -> assertThat(ready.getMessage())
                        .contains("https://my-source-cluster.weaviate.io:6339")
                        .contains("spec.source.restHost")));
    }

    private void apply(String spec) {
        admin.resource("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Migration
                metadata: {namespace: %s, name: %s}
                spec:
                  %s
                """.formatted(ShippedRights.NAMESPACE, name, spec.strip()))
                .forceConflicts()
                .serverSideApply();
    }

    private void conditionIs(String type, String status, String reason, String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(status().flatMap(known -> Conditions.find(known.conditions(), type)))
                        .as(type)
                        .hasValueSatisfying(condition -> {
                            assertThat(condition.getStatus() + " " + condition.getReason())
                                    .as(condition.getMessage())
                                    .isEqualTo(status + " " + reason);
                            assertThat(condition.getMessage()).contains(words);
                        }));
    }

    private Optional<MigrationStatus> status() {
        return Optional.ofNullable(migration().get().getStatus());
    }

    private Resource<Migration> migration() {
        return admin.resources(Migration.class)
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name);
    }

    private Resource<Job> job() {
        return admin.batch().v1().jobs().inNamespace(ShippedRights.NAMESPACE).withName(name);
    }

    private Optional<String> uid() {
        return Optional.ofNullable(job().get()).map(job -> job.getMetadata().getUid());
    }

    private Stream<HasMetadata> children() {
        var maps = admin.configMaps().inNamespace(ShippedRights.NAMESPACE);
        return Stream.of(
                job().get(),
                maps.withName(name + "-plan").get(),
                maps.withName(name + "-progress").get(),
                admin.serviceAccounts()
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withName(name + "-migration")
                        .get(),
                admin.rbac()
                        .roles()
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withName(name + "-migration")
                        .get(),
                admin.rbac()
                        .roleBindings()
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withName(name + "-migration")
                        .get());
    }

    private List<String> versions() {
        return Stream.concat(children(), Stream.of(migration().get()))
                .filter(Objects::nonNull)
                .map(object -> object.getKind() + object.getMetadata().getResourceVersion())
                .toList();
    }
}
