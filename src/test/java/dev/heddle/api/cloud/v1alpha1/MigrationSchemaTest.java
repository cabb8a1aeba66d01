package dev.heddle.api.cloud.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.api.weaviate.v1.Fields;
import dev.heddle.config.CrdDetails;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema as it is generated, without an API server. */
class MigrationSchemaTest {
    private static final Path CASES = Path.of("src", "test", "resources", "crd", "migration");

    @TempDir
    static Path folder;

    private static JsonNode definition;

    @BeforeAll
    static void generate() throws Exception {
        new CRDGenerator()
                .customResourceClasses(Migration.class)
                .inOutputDir(folder.toFile())
                .generate();
        var generated = Serialization.unmarshal(
                Files.readString(folder.resolve("migrations.cloud.weaviate.io-v1.yml")),
                CustomResourceDefinition.class);
        definition = Serialization.jsonMapper().valueToTree(new CrdDetails().process(generated, "v1"));
    }

    @Test
    void hasTheColumnsThatPeopleLookFor() {
        assertThat(definition.at("/spec/versions/0/additionalPrinterColumns").findValuesAsText("name"))
                .containsExactly(
                        "Source", "Target", "Phase", "Progress %", "Rate", "Left", "Age", "Mode", "Objects", "Message");
        assertThat(definition.at("/spec/names/shortNames/0").asText()).isEqualTo("wmig");
        assertThat(definition.at("/spec/names/categories/0").asText()).isEqualTo("heddle");
        assertThat(definition.at("/spec/versions/0/subresources").has("status")).isTrue();
    }

    @Test
    void describesEveryFieldAndHasNoDefaults() {
        var schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");

        assertThat(Fields.undescribed(schema)).isEmpty();
        assertThat(schema.findParents("default")).isEmpty();
    }

    @Test
    void knowsEveryFieldOfTheSample() throws Exception {
        var sample = Serialization.unmarshal(Files.readString(CASES.resolve("sample.yaml")), JsonNode.class);
        var properties = definition.at("/spec/versions/0/schema/openAPIV3Schema/properties");

        assertThat(unknown(sample.get("spec"), properties.get("spec"))).isFalse();
        assertThat(unknown(sample.get("status"), properties.get("status"))).isFalse();
    }

    private static boolean unknown(JsonNode value, JsonNode schema) {
        return value.properties().stream().anyMatch(field -> {
            var known = schema.path("properties").path(field.getKey());
            return known.isMissingNode() || field.getValue().isObject() && unknown(field.getValue(), known);
        });
    }
}
