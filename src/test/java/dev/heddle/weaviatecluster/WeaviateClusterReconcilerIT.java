package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every behaviour of the controller that needs an API server, with the rights that are shipped. */
@QuarkusTest
@QuarkusTestResource(value = ShippedRights.class, restrictToAnnotatedClass = true)
class WeaviateClusterReconcilerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
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
        name = "c" + Long.toString(System.nanoTime(), 36);
    }

    @AfterEach
    void delete() {
        SimulatedWeaviate.refusing = false;
        var cluster = cluster();
        cluster.delete();
        // While the operator is there to remove its finalizer; else the namespace would stay for ever.
        await().atMost(SOON).until(() -> cluster.get() == null);
    }

    @Test
    void makesEveryChildOwnedAndLabelled() {
        apply("access: [{role: debugger, subjects: [{kind: User, name: ada}]}]", "modules: [{name: qna-transformers}]");
        ready();
        var children = children();
        assertThat(children)
                .extracting(child -> child.getKind() + "/" + child.getMetadata().getName())
                .contains(
                        "StatefulSet/" + name,
                        "Service/" + name,
                        "Service/" + name + "-headless",
                        "Service/" + name + "-qna-transformers",
                        "Deployment/" + name + "-qna-transformers",
                        "Secret/" + name + "-auth",
                        "ConfigMap/" + name + "-runtime",
                        "ServiceAccount/" + name + "-weaviate",
                        "PodDisruptionBudget/" + name,
                        "NetworkPolicy/" + name,
                        "Role/" + name + "-debugger",
                        "RoleBinding/" + name + "-debugger");
        assertThat(children).allSatisfy(child -> {
            assertThat(child.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getName()).isEqualTo(name));
            assertThat(child.getMetadata().getLabels())
                    .containsEntry(Labels.MANAGED_BY, "heddle")
                    .containsEntry(Labels.INSTANCE, name);
            assertThat(child.getMetadata().getManagedFields())
                    .extracting(entry -> entry.getManager())
                    .contains("heddle");
        });
    }

    @Test
    void writesNothingWhenNothingChanges() {
        apply("resources: {requests: {cpu: 1000m, memory: 1024Mi}, limits: {memory: 2048Mi}}");
        ready();
        var before = versions();
        // Several looks at Weaviate happen meanwhile: the health interval is 2 s here.
        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(9)).until(() -> versions()
                .equals(before));
    }

    @Test
    void repairsWhatOthersChange() {
        apply();
        ready();
        admin.services().inNamespace(ShippedRights.NAMESPACE).withName(name).delete();
        admin.apps()
                .statefulSets()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name)
                .scale(1);
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(admin.services()
                            .inNamespace(ShippedRights.NAMESPACE)
                            .withName(name)
                            .get())
                    .isNotNull();
            assertThat(set().getSpec().getReplicas()).isEqualTo(3);
        });
    }

    @Test
    void namesTheMissingSecretAndTakesItUpWhenItComes() {
        apply("modules: [{name: text2vec-openai, config: {apiKey: {secretKeyRef: {name: " + name + "-key, key: k}}}}]");
        conditionIs("ReferencesResolved", "False", "SecretNotFound", name + "-key");
        ready();
        var hash = hash();
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(ShippedRights.NAMESPACE)
                        .withName(name + "-key")
                        .endMetadata()
                        .addToStringData("other", "x")
                        .build())
                .create();
        conditionIs("ReferencesResolved", "False", "SecretKeyNotFound", "has no key k");
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(ShippedRights.NAMESPACE)
                        .withName(name + "-key")
                        .endMetadata()
                        .addToStringData("k", "sk-1")
                        .build())
                .forceConflicts()
                .serverSideApply();
        conditionIs("ReferencesResolved", "True", "AllFound", "");
        await().atMost(SOON).until(() -> !hash().equals(hash));
    }

    @Test
    void takesValuesFromConfigMapsUnderTheSpec() {
        apply("replicas: 3", "valuesFrom: [{name: " + name + "}]");
        conditionIs("Ready", "False", "ConfigMapNotFound", name);
        values("{replicas: 5, podAnnotations: {team: db}}");
        await().atMost(SOON).untilAsserted(() -> assertThat(set()).isNotNull().satisfies(set -> {
            assertThat(set.getSpec().getReplicas()).isEqualTo(3);
            assertThat(set.getSpec().getTemplate().getMetadata().getAnnotations())
                    .containsEntry("team", "db");
        }));
        values("podAnnotations: {team: ops}");
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        set().getSpec().getTemplate().getMetadata().getAnnotations())
                .containsEntry("team", "ops"));
        values("replicaz: 4");
        conditionIs("Stalled", "True", "InvalidValues", "replicaz");
        values("scheduling: {spread: Everywhere}");
        conditionIs("Stalled", "True", "InvalidValues", "Everywhere");
        values("gpu: {count: 0}");
        conditionIs("Stalled", "True", "InvalidValues", "spec.gpu.count");
        values("- not\n- a spec");
        conditionIs("Stalled", "True", "InvalidValues", "fields of a spec");
        values("{replicas: [");
        conditionIs("Stalled", "True", "InvalidValues", "not YAML");
        conditionIs("Ready", "True", "Serving", "3 of 3");
        assertThat(set().getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void refusesToShrinkAndKeepsServing() {
        apply("replicas: 3");
        ready();
        apply("replicas: 1");
        conditionIs("Stalled", "True", "ScaleInBelowVoters", "3 nodes are kept");
        conditionIs("Ready", "True", "Serving", "3 of 3");
        assertThat(set().getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void letsAnEmptyNodeGo() {
        apply("replicas: 4");
        ready();
        apply("replicas: 3");
        await().atMost(SOON).until(() -> set().getSpec().getReplicas() == 3);
        conditionIs("Ready", "True", "Serving", "3 of 3");
        assertThat(claims()).isEqualTo(4);
    }

    @Test
    void doesNothingWhileSuspended() {
        apply("suspend: true");
        conditionIs("Ready", "Unknown", "Suspended", "spec.suspend");
        assertThat(children()).isEmpty();
        apply("suspend: false");
        ready();
    }

    @Test
    void saysWhatTheApiServerRefuses() {
        var quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace(ShippedRights.NAMESPACE)
                .withName("no-budgets")
                .endMetadata()
                .withNewSpec()
                .addToHard("count/poddisruptionbudgets.policy", new Quantity("0"))
                .endSpec()
                .build();
        admin.resource(quota).create();
        try {
            await().atMost(SOON)
                    .until(() -> admin.resource(quota).get().getStatus().getHard() != null);
            apply();
            conditionIs("Stalled", "True", "ChildRefused", "exceeded quota: no-budgets");
        } finally {
            admin.resource(quota).delete();
        }
        // Nothing else changes: the operator has to try again by itself.
        conditionIs("Stalled", "False", "NotStalled", "");
    }

    @Test
    void makesChildrenOfKindsThatOthersInstall() {
        apply("serviceMesh: {enabled: true, type: istio, mTLS: true}", "monitoring: {serviceMonitor: true}");
        await().atMost(SOON).untilAsserted(() -> assertThat(optional())
                .containsExactlyInAnyOrder("ServiceMonitor", "PeerAuthentication", "DestinationRule"));
        apply("serviceMesh: {enabled: false}");
        await().atMost(SOON).untilAsserted(() -> assertThat(optional()).isEmpty());
    }

    @Test
    void placesAGpuModuleOnTheSimulatedNodes() {
        apply("modules: [{name: reranker-transformers, gpu: {count: 1, products: [NVIDIA-A10G], minMemory: 20Gi}}]");
        conditionIs("GpuAvailable", "True", "PoolChosen", "NVIDIA-A10G");
        apply("modules: [{name: reranker-transformers, gpu: {count: 1, minMemory: 80Gi}}]");
        conditionIs("GpuAvailable", "False", "NoNodeFits", "23028 MiB");
        apply("modules: [{name: reranker-transformers, gpu: {count: 1, minMemory: 80Gi, allowCpuFallback: true}}]");
        conditionIs("GpuAvailable", "False", "CpuFallback", "Running on CPU");
    }

    @Test
    void saysWhenWeaviateRefusesTheOperator() {
        SimulatedWeaviate.refusing = true;
        apply();
        conditionIs("Ready", "False", "OperatorNotAuthorized", "401");
        SimulatedWeaviate.refusing = false;
        ready();
    }

    @Test
    void deletesVolumesOnlyWhereTheSpecSaysSo() {
        apply("storage: {size: 1Gi, reclaimPolicy: Delete}");
        ready();
        assertThat(claims()).isEqualTo(3);
        cluster().delete();
        await().atMost(SOON).until(() -> claims() == 0);
    }

    private void values(String yaml) {
        admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(ShippedRights.NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .addToData("values.yaml", yaml)
                        .build())
                .serverSideApply();
    }

    /** Applies a cluster of simulated pods; each argument is one line of its spec and wins over the default of that key. */
    @SuppressWarnings("unchecked")
    private void apply(String... lines) {
        var spec = new java.util.TreeMap<String, Object>(Map.of(
                "version",
                "1.35.2",
                "replicas",
                3,
                "scheduling",
                Map.of("nodeSelector", Map.of("type", "kwok"), "tolerations", List.of(Map.of("operator", "Exists")))));
        Stream.of(lines)
                .map(line -> (Map<String, Object>) Serialization.unmarshal(line, Map.class))
                .forEach(spec::putAll);
        var resource = Map.of(
                "apiVersion",
                "weaviate.io/v1",
                "kind",
                "WeaviateCluster",
                "metadata",
                Map.of("name", name, "namespace", ShippedRights.NAMESPACE),
                "spec",
                spec);
        admin.resource(Serialization.asYaml(resource)).forceConflicts().serverSideApply();
    }

    private void ready() {
        conditionIs("Ready", "True", "Serving", "");
    }

    private void conditionIs(String type, String status, String reason, String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(condition(type)).as(type).hasValueSatisfying(condition -> {
                    assertThat(condition.getStatus() + " " + condition.getReason())
                            .isEqualTo(status + " " + reason);
                    assertThat(condition.getMessage()).contains(words);
                }));
    }

    private Optional<Condition> condition(String type) {
        var cluster = cluster().get();
        return Optional.ofNullable(cluster.getStatus()).flatMap(status -> Conditions.find(status.conditions(), type));
    }

    private Resource<WeaviateCluster> cluster() {
        return admin.resources(WeaviateCluster.class)
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name);
    }

    private StatefulSet set() {
        return admin.apps()
                .statefulSets()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name)
                .get();
    }

    private String hash() {
        return set().getSpec().getTemplate().getMetadata().getAnnotations().get(Labels.SECRETS_HASH);
    }

    private long claims() {
        return admin.persistentVolumeClaims()
                .inNamespace(ShippedRights.NAMESPACE)
                .withLabel(Labels.INSTANCE, name)
                .list()
                .getItems()
                .size();
    }

    private List<HasMetadata> children() {
        var in = ShippedRights.NAMESPACE;
        return Stream.of(
                        admin.apps().statefulSets().inNamespace(in),
                        admin.apps().deployments().inNamespace(in),
                        admin.services().inNamespace(in),
                        admin.secrets().inNamespace(in),
                        admin.configMaps().inNamespace(in),
                        admin.serviceAccounts().inNamespace(in),
                        admin.policy().v1().podDisruptionBudget().inNamespace(in),
                        admin.network().v1().networkPolicies().inNamespace(in),
                        admin.rbac().roles().inNamespace(in),
                        admin.rbac().roleBindings().inNamespace(in))
                .flatMap(kind -> kind.withLabel(Labels.INSTANCE, name).list().getItems().stream())
                .map(HasMetadata.class::cast)
                .toList();
    }

    private List<String> versions() {
        var cluster = cluster().get();
        return Stream.concat(Stream.of(cluster), children().stream().filter(child -> !"PodDisruptionBudget"
                        .equals(child.getKind())))
                .map(object -> object.getKind()
                        + object.getMetadata().getName()
                        + object.getMetadata().getResourceVersion())
                .toList();
    }

    private List<String> optional() {
        return Stream.of(
                        "monitoring.coreos.com/v1,ServiceMonitor",
                        "security.istio.io/v1,PeerAuthentication",
                        "networking.istio.io/v1,DestinationRule")
                .map(kind -> kind.split(","))
                .flatMap(kind -> admin
                        .genericKubernetesResources(kind[0], kind[1])
                        .inNamespace(ShippedRights.NAMESPACE)
                        .withLabel(Labels.INSTANCE, name)
                        .list()
                        .getItems()
                        .stream())
                .map(GenericKubernetesResource::getKind)
                .toList();
    }
}
