package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.weaviate.v1.Admission;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupAdmissionIT extends KindAdmission {
    private static final String RUNNING = "one-that-runs";

    BackupAdmissionIT() {
        super(Backup.class, "backups", "backup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clusterRef: {name: other}",
                "{clusterRef: {name: db}, include: {collections: [A]}}",
                "{clusterRef: {name: db}, exclude: {collections: [A]}}",
                "{clusterRef: {name: db}, compression: None}",
                "{clusterRef: {name: db}, cpuPercentage: 10}",
                "{clusterRef: {name: db}, storage: {s3: {bucket: other}}}"
            })
    void isWhatItIsOnceItHasBegun(String spec) {
        try {
            begun();
            assertThatThrownBy(() -> change(spec))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("a backup that has begun is what it is");
            change("{clusterRef: {name: db}, suspend: true, timeout: 3h, deletionPolicy: Delete}");
        } finally {
            running().delete();
        }
    }

    private void change(String spec) {
        running().edit(there -> {
            there.setSpec(Serialization.unmarshal("---\n" + spec, OnDemandBackupSpec.class));
            return there;
        });
    }

    private void begun() {
        client().resource(Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: %s, name: %s}
                spec: {clusterRef: {name: db}}
                """.formatted(Admission.NAMESPACE, RUNNING), Backup.class))
                .create();
        change("{clusterRef: {name: db}, timeout: 2h}");
        running().editStatus(there -> {
            there.setStatus(Serialization.unmarshal("startedAt: 2026-01-01T00:00:00Z", OnDemandBackupStatus.class));
            return there;
        });
    }

    private Resource<Backup> running() {
        return client().resources(Backup.class).inNamespace(Admission.NAMESPACE).withName(RUNNING);
    }
}
