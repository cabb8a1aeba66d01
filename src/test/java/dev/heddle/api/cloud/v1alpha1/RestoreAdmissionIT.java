package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.weaviate.v1.Admission;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreAdmissionIT extends KindAdmission {
    private static final String RUNNING = "one-that-runs";

    RestoreAdmissionIT() {
        super(Restore.class, "restores", "restore");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{clusterRef: {name: other}, backupRef: {name: b}}",
                "{clusterRef: {name: db}, backupRef: {name: other}}",
                "{clusterRef: {name: db}, source: {id: x, s3: {bucket: backups}}}",
                "{clusterRef: {name: db}, backupRef: {name: b}, include: {collections: [A]}}",
                "{clusterRef: {name: db}, backupRef: {name: b}, exclude: {collections: [A]}}",
                "{clusterRef: {name: db}, backupRef: {name: b}, nodeMapping: {a: b}}",
                "{clusterRef: {name: db}, backupRef: {name: b}, roles: All}",
                "{clusterRef: {name: db}, backupRef: {name: b}, users: All}",
                "{clusterRef: {name: db}, backupRef: {name: b}, overwriteAliases: true}",
                "{clusterRef: {name: db}, backupRef: {name: b}, cpuPercentage: 10}"
            })
    void isWhatItIsOnceItHasBegun(String spec) {
        try {
            begun();
            assertThatThrownBy(() -> change(spec))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("a restore that has begun is what it is");
            change("{clusterRef: {name: db}, backupRef: {name: b}, suspend: true, timeout: 3h}");
        } finally {
            running().delete();
        }
    }

    private void change(String spec) {
        running().edit(there -> {
            there.setSpec(Serialization.unmarshal("---\n" + spec, RestoreSpec.class));
            return there;
        });
    }

    private void begun() {
        client().resource(Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Restore
                metadata: {namespace: %s, name: %s}
                spec: {clusterRef: {name: db}, backupRef: {name: b}}
                """.formatted(Admission.NAMESPACE, RUNNING), Restore.class))
                .create();
        change("{clusterRef: {name: db}, backupRef: {name: b}, timeout: 2h}");
        running().editStatus(there -> {
            there.setStatus(Serialization.unmarshal("startedAt: 2026-01-01T00:00:00Z", RestoreStatus.class));
            return there;
        });
    }

    private Resource<Restore> running() {
        return client().resources(Restore.class)
                .inNamespace(Admission.NAMESPACE)
                .withName(RUNNING);
    }
}
