package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine is gone, and its pod with it, which cannot end because nobody is left to confirm it; or its volume. */
@QuarkusTest
@QuarkusTestResource(value = ShippedRights.class, restrictToAnnotatedClass = true)
class DeadMachineIT {
    private static final String NAME = "dead-machine";
    private static final Duration SOON = Duration.ofSeconds(40);

    @Inject
    Operator operator;

    private final KubernetesClient admin = ShippedRights.admin;

    @BeforeEach
    void start() {
        operator.start();
        make("""
                kind: WeaviateCluster
                apiVersion: weaviate.io/v1
                metadata: {name: dead-machine}
                spec: {version: 1.35.2, replicas: 3}
                """);
        await().atMost(SOON).until(this::ready);
    }

    @AfterEach
    void delete() {
        admin.pods()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(NAME + "-3")
                .withGracePeriod(0)
                .delete();
        admin.nodes().withName(NAME).delete();
        cluster().delete();
        await().atMost(SOON).until(() -> cluster().get() == null);
        // Weaviate may take most of a minute to stop where its peers are gone already, and its name is needed again.
        pods().withGracePeriod(0).delete();
        await().atMost(SOON).until(() -> pods().list().getItems().isEmpty());
    }

    @Test
    void isRemovedAndAnEventSaysWhy() {
        make("""
                kind: Node
                apiVersion: v1
                metadata: {name: dead-machine}
                status: {conditions: [{type: Ready, status: Unknown, reason: NodeStatusUnknown,
                  lastHeartbeatTime: "2026-01-01T00:00:00Z", lastTransitionTime: "2026-01-01T00:00:00Z"}]}
                """);
        make("""
                kind: PersistentVolumeClaim
                apiVersion: v1
                metadata: {name: data-dead-machine-3, labels: LABELS}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        make("""
                kind: Pod
                apiVersion: v1
                metadata: {name: dead-machine-3, labels: LABELS}
                spec: {nodeName: dead-machine, containers: [{name: weaviate, image: "x:1"}]}
                """);
        var pod = admin.pods().inNamespace(ShippedRights.NAMESPACE).withName(NAME + "-3");
        pod.delete();
        assertThat(pod.get()).as("waits for its kubelet").isNotNull();

        await().atMost(SOON).until(() -> pod.get() == null);
        await().atMost(SOON)
                .until(() -> admin.v1().events().inNamespace(ShippedRights.NAMESPACE).list().getItems().stream()
                        .anyMatch(event -> "PodRemovedFromDeadNode".equals(event.getReason())
                                && event.getMessage().contains(NAME + "-3")));
    }

    /** Without its volume the claim is Lost, and nothing that Kubernetes does ever makes it again. */
    @Test
    void aLostVolumeIsReplaced() {
        var claim = admin.persistentVolumeClaims()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName("data-" + NAME + "-1");
        var lost = claim.get();
        var volume = admin.persistentVolumes().withName(lost.getSpec().getVolumeName());
        // In this order: Kubernetes protects a volume in use again, unless it is to go.
        volume.delete();
        volume.edit(found -> {
            found.getMetadata().setFinalizers(List.of());
            return found;
        });
        await().atMost(SOON).until(() -> "Lost".equals(claim.get().getStatus().getPhase()));
        admin.pods().inNamespace(ShippedRights.NAMESPACE).withName(NAME + "-1").delete();

        await().atMost(SOON).until(() -> Optional.ofNullable(claim.get())
                .filter(made ->
                        !made.getMetadata().getUid().equals(lost.getMetadata().getUid()))
                .filter(made -> "Bound".equals(made.getStatus().getPhase()))
                .isPresent());
        await().atMost(SOON).until(this::ready);
    }

    private HasMetadata make(String yaml) {
        var labels =
                "{app.kubernetes.io/managed-by: heddle, app.kubernetes.io/name: weaviate, app.kubernetes.io/instance: dead-machine, app.kubernetes.io/component: database}";
        HasMetadata object = Serialization.unmarshal(yaml.replace("LABELS", labels));
        var resource = admin.resource(object);
        var made = object.getKind().equals("Node")
                ? resource.create()
                : admin.resource(object).inNamespace(ShippedRights.NAMESPACE).create();
        if (object.getKind().equals("Node")) {
            resource.patchStatus();
        }
        return made;
    }

    private boolean ready() {
        var status = cluster().get().getStatus();
        return status != null
                && Conditions.find(List.copyOf(status.conditions()), "Ready")
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isPresent();
    }

    private FilterWatchListDeletable<Pod, PodList, PodResource> pods() {
        return admin.pods().inNamespace(ShippedRights.NAMESPACE).withLabel("app.kubernetes.io/instance", NAME);
    }

    private Resource<WeaviateCluster> cluster() {
        return admin.resources(WeaviateCluster.class)
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(NAME);
    }
}
