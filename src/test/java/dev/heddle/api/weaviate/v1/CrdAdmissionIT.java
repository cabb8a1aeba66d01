package dev.heddle.api.weaviate.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schema accepts and refuses, asked of a real API server: CEL and structural rules run nowhere else. */
class CrdAdmissionIT {
    private static final String EXPECT = "# expect: ";
    private static KubernetesClient client;
    private static Admission admission;

    @BeforeAll
    static void install() {
        client = new KubernetesClientBuilder().build();
        admission = new Admission(client);
        admission.install();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<Path> valid() {
        return Admission.cases("valid-");
    }

    static List<Path> invalid() {
        return Admission.cases("invalid-");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsAndKeepsEveryField(Path file) {
        var sent = Admission.resource(file);

        var answer = admission.create(sent, "Strict");

        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(answer.object().get("spec")).isEqualTo(sent.get("spec"));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void readsWhatItWrites(Path file) {
        var sent = Admission.resource(file);

        var cluster = Serialization.unmarshal(sent.toString(), WeaviateCluster.class);

        var written = (JsonNode) Serialization.jsonMapper().valueToTree(cluster.getSpec());
        var answer = admission.create(((ObjectNode) sent.deepCopy()).set("spec", written), "Strict");
        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(Serialization.unmarshal(answer.object().toString(), WeaviateCluster.class)
                        .getSpec())
                .isEqualTo(cluster.getSpec());
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
        var fields = Fields.of(schema().at("/properties/spec"));

        valid().forEach(file -> Fields.cover(Admission.resource(file).get("spec"), fields));

        assertThat(fields).as("fields in no valid case").isEmpty();
    }

    @Test
    void describesEveryField() {
        assertThat(Fields.undescribed(schema())).isEmpty();
    }

    @Test
    void fitsIntoTheAnnotationOfClientSideApply() {
        assertThat(Admission.definition().toString()).hasSizeLessThan(200_000);
    }

    @Test
    void hasNoDefaults() {
        assertThat(schema().findParents("default")).isEmpty();
    }

    static JsonNode schema() {
        return Admission.definition().at("/spec/versions/0/schema/openAPIV3Schema");
    }
}
