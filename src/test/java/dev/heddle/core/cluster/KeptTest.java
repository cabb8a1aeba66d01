package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final String CONTAINER =
            "{name: weaviate, image: 'w:1', args: [a], env: [{name: X, value: y}, {name: ENABLE_MODULES, value: m}], "
                    + "resources: {requests: {cpu: 1}}, livenessProbe: {httpGet: {port: 1}}}";
    private static final String METADATA =
            "metadata: {name: db-0, namespace: shop, uid: u, resourceVersion: '7', labels: {a: b}, "
                    + "annotations: {heddle.dev/x: y, other/x: z}}";

    @Test
    void aPodIsItsShapeAndItsState() {
        var pod = Serialization.unmarshal("""
                kind: Pod
                %s
                spec: {nodeName: n, volumes: [{name: v}], containers: [%s]}
                status: {phase: Running, podIP: 1.2.3.4, hostIP: 1.1.1.1,
                  startTime: t, conditions: [{type: Ready, status: 'True', lastTransitionTime: t},
                   {type: PodScheduled, status: 'True', lastTransitionTime: t}],
                  containerStatuses: [{name: weaviate, ready: true, containerID: c, state: {running: {startedAt: t}}}]}
                """.formatted(METADATA, CONTAINER), Pod.class);
        assertThat(Kept.of(pod)).isEqualTo(Serialization.unmarshal("""
                        kind: Pod
                        metadata: {name: db-0, namespace: shop, uid: u, resourceVersion: '7', labels: {a: b},
                          annotations: {heddle.dev/x: y}}
                        spec: {nodeName: n, containers: [{name: weaviate, image: 'w:1',
                          env: [{name: ENABLE_MODULES, value: m}], resources: {requests: {cpu: 1}}}]}
                        status: {phase: Running, podIP: 1.2.3.4, startTime: t,
                          conditions: [{type: Ready, status: 'True', lastTransitionTime: t},
                           {type: PodScheduled, status: 'True'}],
                          containerStatuses: [{name: weaviate, ready: true, state: {running: {}}}]}
                        """, Pod.class));
    }

    @Test
    void whatIsNotThereStaysAway() {
        for (var text : List.of("metadata: {name: a}", "metadata: {name: a}\nspec: {}\nstatus: {}")) {
            Kept.of(Serialization.unmarshal(text, Pod.class));
            Kept.of(Serialization.unmarshal(text, PersistentVolumeClaim.class));
            Kept.of(Serialization.unmarshal(text, StatefulSet.class));
            Kept.of(Serialization.unmarshal(text, Deployment.class));
        }
        assertThat(Kept.of(Serialization.unmarshal("metadata: {name: a}", Pod.class))
                        .getSpec())
                .isNull();
    }

    /** The cache keeps this much only after the first look at an object, so more must never be shown. */
    @Test
    void aClusterShowsTheSameBeforeAndAfterItsObjectsWereCutDown() {
        var set = Serialization.unmarshal(
                "kind: StatefulSet\n%s\nspec: {replicas: 3, serviceName: s, template: {metadata: {labels: {a: b}}, spec: {containers: [%s]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {storageClassName: c, volumeMode: Filesystem}}]}"
                        .formatted(METADATA, CONTAINER),
                StatefulSet.class);
        var deployment = Serialization.unmarshal(
                "kind: Deployment\n%s\nspec: {replicas: 1, template: {%s, spec: {containers: [%s]}}}"
                        .formatted(METADATA, METADATA, CONTAINER),
                Deployment.class);
        var cut = live(Kept.of(set), Kept.of(deployment));
        assertThat(live(set, deployment)).isEqualTo(cut);
        assertThat(cut.statefulSet().orElseThrow().getSpec().getServiceName()).isNull();
        assertThat(cut.deployments()
                        .get("m")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getAnnotations())
                .containsOnlyKeys("heddle.dev/x");
    }

    private static LiveCluster live(StatefulSet set, Deployment deployment) {
        return new LiveCluster(Optional.of(set), List.of(), List.of(), Map.of("m", deployment), Map.of(), List.of());
    }
}
