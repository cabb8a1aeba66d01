package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.core.common.Labels;
import dev.heddle.weaviatecluster.ShippedRights;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Taking over what the official chart made, and giving it back; with the rights that are shipped. */
@QuarkusTest
@QuarkusTestResource(value = WithRegistry.class, restrictToAnnotatedClass = true)
class AdoptionIT extends ClusterOfSimulatedPods {
    @Test
    void adoptsAndGivesBack() {
        var before = chart("Parallel");
        try {
            apply("version: '>=v1.0.0'", "existingClusters: {matchLabels: {adopt: " + name + "}}");
            conditionIs("Ready", "True", "Serving", "3 of 3");
            conditionIs("Adopted", "True", "Adopted", "StatefulSet " + name + "-old");
            conditionIs("VersionResolved", "True", "WaitingForWindow", "1.35.2 is kept");
            var taken = set(name + "-old");
            assertThat(taken.getSpec()).isEqualTo(before.getSpec());
            assertThat(taken.getMetadata().getLabels()).containsEntry(Labels.MANAGED_BY, "heddle");
            assertThat(taken.getMetadata().getOwnerReferences())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.getName()).isEqualTo(name));
            var pods = uids();
            var rest = versions();
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(7)).until(() -> versions()
                    .equals(rest));

            apply("version: '>=v1.0.0'", "instances: 1", "existingClusters: {matchLabels: {adopt: " + name + "}}");
            conditionIs("Stalled", "True", "ScaleInRefused", "3 nodes are kept");
            cluster().edit(one -> {
                one.getMetadata().setAnnotations(Map.of(Labels.RELEASE, "true"));
                return one;
            });

            await().atMost(SOON).until(() -> cluster().get() == null && child().get() == null);
            var free = set(name + "-old");
            assertThat(free.getSpec()).isEqualTo(before.getSpec());
            assertThat(free.getMetadata().getOwnerReferences()).isEmpty();
            assertThat(free.getMetadata().getLabels())
                    .isEqualTo(before.getMetadata().getLabels());
            assertThat(free.getMetadata().getDeletionTimestamp()).isNull();
            assertThat(uids()).isEqualTo(pods);
        } finally {
            old().delete();
        }
    }

    @Test
    void refusesWhatItCannotAdopt() {
        chart("OrderedReady");
        try {
            apply("version: 1.x", "existingClusters: {matchLabels: {adopt: " + name + "}}");
            conditionIs("Adopted", "False", "NotAdoptable", "spec.podManagementPolicy");
            conditionIs("Stalled", "True", "NotAdoptable", "");
            assertThat(child().get()).isNull();
            assertThat(set(name + "-old").getMetadata().getOwnerReferences()).isEmpty();
        } finally {
            old().delete();
        }
    }

    @Test
    void givesNothingBackThatWasNotAdopted() {
        apply("version: 1.35.2");
        conditionIs("Ready", "True", "Serving", "");
        cluster().edit(one -> {
            one.getMetadata().setAnnotations(Map.of(Labels.RELEASE, "true"));
            return one;
        });
        conditionIs("Stalled", "True", "NothingToRelease", Labels.RELEASE);
        assertThat(child().get()).isNotNull();
        assertThat(set(name)).isNotNull();
    }

    /** A StatefulSet as the chart's, of simulated pods. */
    private StatefulSet chart(String policy) {
        admin.resource("""
                apiVersion: apps/v1
                kind: StatefulSet
                metadata:
                  name: %1$s-old
                  namespace: %2$s
                  labels: {adopt: %1$s, app: %1$s, app.kubernetes.io/managed-by: Helm}
                spec:
                  replicas: 3
                  serviceName: %1$s-old-headless
                  podManagementPolicy: %3$s
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      nodeSelector: {type: kwok}
                      tolerations: [{operator: Exists}]
                      containers:
                        - name: weaviate
                          image: cr.weaviate.io/semitechnologies/weaviate:1.35.2
                          env: [{name: RAFT_BOOTSTRAP_EXPECT, value: "3"}]
                          volumeMounts: [{name: weaviate-data, mountPath: /var/lib/weaviate}]
                        - {name: sidecar, image: example.com/sidecar}
                  volumeClaimTemplates:
                    - metadata: {name: weaviate-data}
                      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 32Gi}}}
                """.formatted(name, ShippedRights.NAMESPACE, policy)).create();
        await().atMost(SOON).until(() -> Integer.valueOf(3)
                .equals(set(name + "-old").getStatus().getReadyReplicas()));
        return set(name + "-old");
    }

    private Resource<StatefulSet> old() {
        return admin.apps().statefulSets().inNamespace(ShippedRights.NAMESPACE).withName(name + "-old");
    }

    private List<String> uids() {
        return admin.pods().inNamespace(ShippedRights.NAMESPACE).withLabel("app", name).list().getItems().stream()
                .map(Pod::getMetadata)
                .map(metadata -> metadata.getName() + metadata.getUid() + metadata.getLabels())
                .sorted()
                .toList();
    }
}
