package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.status.Conditions;
import dev.heddle.weaviatecluster.ShippedRights;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One Cluster of simulated pods for each test, and what is asked of it. */
abstract class ClusterOfSimulatedPods {
    static final Duration SOON = Duration.ofSeconds(30);
    private static boolean started;

    @Inject
    Operator operator;

    @Inject
    Settings settings;

    final KubernetesClient admin = ShippedRights.admin;
    String name;

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
        cluster().delete();
        child().delete();
        await().atMost(SOON).until(() -> cluster().get() == null && child().get() == null);
    }

    final void key(String pem) {
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(ShippedRights.NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .addToStringData("cosign.pub", pem)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** Applies a Cluster of simulated pods; each argument is one line of its spec and wins over the default of that key. */
    @SuppressWarnings("unchecked")
    final void apply(String... lines) {
        var spec = new TreeMap<String, Object>(Map.of(
                "instances",
                3,
                "nodeSelector",
                Map.of("matchLabels", Map.of("type", "kwok")),
                "tolerations",
                List.of(Map.of("operator", "Exists"))));
        Stream.of(lines)
                .map(line -> (Map<String, Object>) Serialization.unmarshal(line, Map.class))
                .forEach(spec::putAll);
        var resource = Map.of(
                "apiVersion",
                "cloud.weaviate.io/v1alpha1",
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", name, "namespace", ShippedRights.NAMESPACE),
                "spec",
                spec);
        admin.resource(Serialization.asYaml(resource)).forceConflicts().serverSideApply();
    }

    final void conditionIs(String type, String status, String reason, String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(condition(type)).as(type).hasValueSatisfying(condition -> {
                    assertThat(condition.getStatus() + " " + condition.getReason())
                            .as(condition.getMessage())
                            .isEqualTo(status + " " + reason);
                    assertThat(condition.getMessage()).contains(words);
                }));
    }

    final Optional<Condition> condition(String type) {
        return Optional.ofNullable(cluster().get().getStatus())
                .flatMap(status -> Conditions.find(status.conditions(), type));
    }

    final Resource<Cluster> cluster() {
        return admin.resources(Cluster.class)
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name);
    }

    final Resource<WeaviateCluster> child() {
        return admin.resources(WeaviateCluster.class)
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(name);
    }

    final StatefulSet set(String of) {
        return admin.apps()
                .statefulSets()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(of)
                .get();
    }

    final List<String> versions() {
        return Stream.of(cluster().get(), child().get())
                .map(object -> object.getKind() + object.getMetadata().getResourceVersion())
                .toList();
    }
}
