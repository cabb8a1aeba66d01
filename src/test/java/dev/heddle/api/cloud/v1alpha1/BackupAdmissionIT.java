package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.api.weaviate.v1.Admission;
import dev.heddle.api.weaviate.v1.Fields;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema of Backup accepts and refuses, asked of a real API server. */
class BackupAdmissionIT {
    private static final String RUNNING = "one-that-runs";
    private static final String EXPECT = "# expect: ";
    private static final Admission.Kind KIND = new Admission.Kind(
            "/apis/cloud.weaviate.io/v1alpha1/namespaces/" + Admission.NAMESPACE + "/backups",
            Path.of("target", "kubernetes", "backups.cloud.weaviate.io-v1.yml"),
            Path.of("src", "test", "resources", "crd", "backup"));

    private static KubernetesClient client;
    private static Admission admission;

    @BeforeAll
    static void install() {
        client = new KubernetesClientBuilder().build();
        admission = new Admission(client, KIND);
        admission.install();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<Path> valid() {
        return KIND.cases("valid-");
    }

    static List<Path> invalid() {
        return KIND.cases("invalid-");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsKeepsAndReadsEveryField(Path file) {
        var sent = Admission.resource(file);

        var answer = admission.create(sent, "Strict");

        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(answer.object().get("spec")).isEqualTo(sent.get("spec"));
        var backup = Serialization.unmarshal(sent.toString(), Backup.class);
        var written = (JsonNode) Serialization.jsonMapper().valueToTree(backup.getSpec());
        var again = admission.create(((ObjectNode) sent.deepCopy()).set("spec", written), "Strict");
        assertThat(again.accepted()).as(again.message()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesAndNamesTheField(Path file) {
        var expected = Admission.read(file).lines().findFirst().orElseThrow();
        assertThat(expected).startsWith(EXPECT);

        var answer = admission.create(Admission.resource(file), "Strict");

        assertThat(answer.code()).as("accepted").isIn(400, 422);
        assertThat(answer.message()).contains(expected.substring(EXPECT.length()));
    }

    @Test
    void triesEveryFieldOfTheSpec() {
        var fields = Fields.of(KIND.schema().at("/properties/spec"));

        valid().forEach(file -> Fields.cover(Admission.resource(file).get("spec"), fields));

        assertThat(fields).as("fields in no valid case").isEmpty();
    }

    @Test
    void describesEveryField() {
        assertThat(Fields.undescribed(KIND.schema())).isEmpty();
    }

    @Test
    void hasNoDefaults() {
        assertThat(KIND.schema().findParents("default")).isEmpty();
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

    private static void change(String spec) {
        running().edit(there -> {
            there.setSpec(Serialization.unmarshal("---\n" + spec, OnDemandBackupSpec.class));
            return there;
        });
    }

    private static void begun() {
        client.resource(Serialization.unmarshal("""
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

    private static Resource<Backup> running() {
        return client.resources(Backup.class).inNamespace(Admission.NAMESPACE).withName(RUNNING);
    }
}
