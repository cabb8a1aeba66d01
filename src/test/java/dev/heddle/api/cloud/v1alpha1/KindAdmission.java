package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.api.weaviate.v1.Admission;
import dev.heddle.api.weaviate.v1.Fields;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the schema of a kind accepts and refuses, asked of a real API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KindAdmission {
    private static final String EXPECT = "# expect: ";

    private final Class<? extends CustomResource<?, ?>> type;
    private final Admission.Kind kind;
    private KubernetesClient client;
    private Admission admission;

    /** @param folder of the cases */
    KindAdmission(Class<? extends CustomResource<?, ?>> type, String plural, String folder) {
        this.type = type;
        this.kind = new Admission.Kind(
                "/apis/cloud.weaviate.io/v1alpha1/namespaces/" + Admission.NAMESPACE + "/" + plural,
                Path.of("target", "kubernetes", plural + ".cloud.weaviate.io-v1.yml"),
                Path.of("src", "test", "resources", "crd", folder));
    }

    @BeforeAll
    void install() {
        client = new KubernetesClientBuilder().build();
        admission = new Admission(client, kind);
        admission.install();
    }

    @AfterAll
    void close() {
        client.close();
    }

    KubernetesClient client() {
        return client;
    }

    List<Path> valid() {
        return kind.cases("valid-");
    }

    List<Path> invalid() {
        return kind.cases("invalid-");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsKeepsAndReadsEveryField(Path file) {
        var sent = Admission.resource(file);

        var answer = admission.create(sent, "Strict");

        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(answer.object().get("spec")).isEqualTo(sent.get("spec"));
        var read = Serialization.unmarshal(sent.toString(), type);
        var written = (JsonNode) Serialization.jsonMapper().valueToTree(read.getSpec());
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
        var fields = Fields.of(kind.schema().at("/properties/spec"));

        valid().forEach(file -> Fields.cover(Admission.resource(file).get("spec"), fields));

        assertThat(fields).as("fields in no valid case").isEmpty();
    }

    @Test
    void describesEveryField() {
        assertThat(Fields.undescribed(kind.schema())).isEmpty();
    }

    @Test
    void hasNoDefaults() {
        assertThat(kind.schema().findParents("default")).isEmpty();
    }
}
