package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One WeaviateCluster, handled as its user would. */
record Subject(KubernetesClient client, String namespace, String name) {
    static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Small enough for many on one machine. @param more further fields of the spec, as YAML */
    static String small(int replicas, String more) {
        return """
                version: "1.35.2"
                replicas: %d
                resources: {requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 512Mi}}
                storage: {size: 256Mi}
                %s
                """.formatted(replicas, more);
    }

    void apply(String spec) {
        var cluster = new WeaviateCluster();
        cluster.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        cluster.setSpec(Serialization.unmarshal(spec, WeaviateClusterSpec.class));
        client.resource(cluster).create();
    }

    /** Changes some fields of the spec, given as YAML. */
    void change(String spec) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), Kubernetes.json("spec: " + Kubernetes.json(spec)));
    }

    void annotate(String name, String value) {
        resource()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(name, value));
    }

    Resource<WeaviateCluster> resource() {
        return client.resources(WeaviateCluster.class).inNamespace(namespace).withName(name);
    }

    WeaviateClusterStatus status() {
        return resource().get().getStatus();
    }

    /** A condition that speaks of the newest spec. */
    Optional<Condition> condition(String type) {
        var cluster = resource().get();
        return Optional.ofNullable(cluster.getStatus())
                .filter(status -> cluster.getMetadata().getGeneration().equals(status.observedGeneration()))
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst());
    }

    boolean is(String type, String status) {
        return condition(type).filter(found -> status.equals(found.getStatus())).isPresent();
    }

    void awaitReady() {
        await("%s/%s is Ready".formatted(namespace, name))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(
                        () -> assertThat(condition("Ready")).hasValueSatisfying(ready -> assertThat(ready.getStatus())
                                .as("%s: %s", ready.getReason(), ready.getMessage())
                                .isEqualTo("True")));
        // The node learns of the Service's endpoints a moment after the pods are ready.
        await("%s/%s answers through its Service".formatted(namespace, name))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> weaviate("").serves());
    }

    /** Ready, with other pods than {@code former} (their uids) where those were not to stay. */
    void awaitReadyWithout(Set<String> former) {
        await("%s/%s has new pods".formatted(namespace, name))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    var now = new HashSet<>(uids());
                    now.retainAll(former);
                    return now.isEmpty();
                });
        awaitPods();
        awaitReady();
    }

    void awaitPods() {
        await("all pods of %s/%s are ready".formatted(namespace, name))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    var set = statefulSet();
                    var pods = pods();
                    return set.isPresent()
                            && pods.size() == set.get().getSpec().getReplicas()
                            && pods.stream().allMatch(Kubernetes::ready);
                });
    }

    /** Waits for a condition and returns its message, which has to contain all of {@code words}. */
    String awaitCondition(String type, String status, String reason, String... words) {
        await("%s/%s: %s %s %s".formatted(namespace, name, type, status, reason))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(condition(type)).hasValueSatisfying(found -> {
                    assertThat(found.getStatus() + " " + found.getReason())
                            .as(found.getMessage())
                            .isEqualTo(status + " " + reason);
                    assertThat(List.of(words)).allMatch(found.getMessage()::contains, "in: " + found.getMessage());
                }));
        return condition(type).orElseThrow().getMessage();
    }

    /** Messages of its events with this reason. */
    List<String> events(String reason) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .filter(event -> reason.equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }

    Optional<StatefulSet> statefulSet() {
        return Optional.ofNullable(client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    /** The pods of the database. */
    List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabels(labels("database"))
                .list()
                .getItems();
    }

    Set<String> uids() {
        return pods().stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    List<PersistentVolumeClaim> claims() {
        return client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabels(labels("database"))
                .list()
                .getItems();
    }

    Map<String, String> labels(String component) {
        return Map.of("app.kubernetes.io/instance", name, "app.kubernetes.io/component", component);
    }

    /** A value of the Secret with the generated keys. */
    String secret(String key) {
        var data = client.secrets()
                .inNamespace(namespace)
                .withName(name + "-auth")
                .get()
                .getData();
        return new String(Base64.getDecoder().decode(data.get(key)), StandardCharsets.UTF_8);
    }

    /** Weaviate through the client Service, as the generated admin. */
    WeaviateAsUser weaviate() {
        return weaviate(secret("api-key"));
    }

    WeaviateAsUser weaviate(String key) {
        var service = client.services().inNamespace(namespace).withName(name).get();
        return new WeaviateAsUser("http://" + service.getSpec().getClusterIP(), key);
    }

    /** One node of it, asked directly. */
    WeaviateAsUser weaviate(Pod pod) {
        return new WeaviateAsUser("http://" + pod.getStatus().getPodIP() + ":8080", secret("api-key"));
    }

    void delete() {
        resource().delete();
    }

    void awaitGone() {
        await("%s/%s is gone".formatted(namespace, name))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> resource().get() == null);
    }

    /** Its status first: a log may be cut. */
    String describe() {
        var cluster = resource().get();
        if (cluster == null) {
            return "%s/%s is gone".formatted(namespace, name);
        }
        return "%s/%s is at generation %d%n%s%s"
                .formatted(
                        namespace,
                        name,
                        cluster.getMetadata().getGeneration(),
                        Serialization.asYaml(cluster.getStatus()),
                        Serialization.asYaml(cluster.getSpec()));
    }
}
