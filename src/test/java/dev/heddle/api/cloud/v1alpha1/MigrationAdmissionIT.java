package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.weaviate.v1.Admission;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationAdmissionIT extends KindAdmission {
    private static final String RUNNING = "one-that-runs";
    private static final Path SAMPLE = Path.of("src", "test", "resources", "crd", "migration", "sample.yaml");

    MigrationAdmissionIT() {
        super(Migration.class, "migrations", "migration");
    }

    /** With a key that has no value and a status, which the API server leaves out. */
    @Test
    void acceptsTheSampleAsItIs() {
        var sent = Admission.resource(SAMPLE);

        var answer = new Admission(
                        client(),
                        new Admission.Kind(
                                "/apis/cloud.weaviate.io/v1alpha1/namespaces/" + Admission.NAMESPACE + "/migrations",
                                SAMPLE,
                                SAMPLE))
                .create(sent, "Strict");

        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(answer.object().at("/spec/schedule/startTime").asText()).isEqualTo("22-02-2024T02:00:00Z");
        assertThat(answer.object().at("/spec/source")).isEqualTo(sent.at("/spec/source"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{source: {clusterRef: {name: other}}, target: {clusterRef: {name: stg}}}",
                "{source: {clusterRef: {name: dev}}, target: {clusterRef: {name: other}}}",
                "{source: {clusterRef: {name: dev}, type: http}, target: {clusterRef: {name: stg}}}",
                "{source: {clusterRef: {name: dev}}, target: {clusterRef: {name: stg}}, mode: verify}"
            })
    void isBetweenTheSameSidesOnceItHasBegun(String spec) {
        try {
            begun();
            assertThatThrownBy(() -> change(spec))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("source, target and mode of a migration that has begun");
            change(
                    "{source: {clusterRef: {name: dev}}, target: {clusterRef: {name: stg}}, suspend: true, timeout: 3h, parallelism: 8, onConflict: Skip}");
        } finally {
            running().delete();
        }
    }

    private void change(String spec) {
        running().edit(there -> {
            there.setSpec(Serialization.unmarshal("---\n" + spec, MigrationSpec.class));
            return there;
        });
    }

    private void begun() {
        client().resource(Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Migration
                metadata: {namespace: %s, name: %s}
                spec: {source: {clusterRef: {name: dev}}, target: {clusterRef: {name: first}}}
                """.formatted(Admission.NAMESPACE, RUNNING), Migration.class))
                .create();
        change("{source: {clusterRef: {name: dev}}, target: {clusterRef: {name: stg}}}");
        running().editStatus(there -> {
            there.setStatus(Serialization.unmarshal("startedAt: 2026-01-01T00:00:00Z", MigrationStatus.class));
            return there;
        });
    }

    private Resource<Migration> running() {
        return client().resources(Migration.class)
                .inNamespace(Admission.NAMESPACE)
                .withName(RUNNING);
    }
}
