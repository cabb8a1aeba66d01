package dev.heddle.api.weaviate.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Status and scale, and the table that people see. */
class CrdSubresourcesIT {
    private static final String NAME = "crd-subresources";
    private static final String URI = Admission.RESOURCES + "/" + NAME;

    private final KubernetesClient client = new KubernetesClientBuilder().build();

    @BeforeEach
    void create() {
        new Admission(client).install();
        delete();
        var resource = Admission.resource(
                Path.of("src", "test", "resources", "crd", "weaviatecluster", "valid-service-node-port.yaml"));
        resource.set("metadata", Serialization.jsonMapper().valueToTree(Map.of("name", NAME)));
        var spec = (ObjectNode) resource.get("spec");
        spec.put("suspend", true).put("replicas", 2);
        client.raw(Admission.RESOURCES, "POST", resource.toString());
    }

    @AfterEach
    void remove() {
        delete();
        client.close();
    }

    @Test
    void keepsSpecAndStatusApart() {
        var stored = get(URI);
        ((ObjectNode) stored.get("spec")).put("replicas", 7);
        ((ObjectNode) stored)
                .set("status", Serialization.jsonMapper().valueToTree(Map.of("phase", "Running", "replicas", 2)));

        var byStatus = unmarshal(client.raw(URI + "/status", "PUT", stored.toString()));

        assertThat(byStatus.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(byStatus.at("/status/phase").asText()).isEqualTo("Running");
        assertThat(byStatus.at("/metadata/generation").asInt()).isEqualTo(1);
        ((ObjectNode) byStatus.get("status")).put("phase", "Failed");
        var bySpec = unmarshal(client.raw(URI, "PUT", byStatus.toString()));
        assertThat(bySpec.at("/status/phase").asText()).isEqualTo("Running");
    }

    @Test
    void scales() {
        status(Map.of("replicas", 2, "selector", "app.kubernetes.io/instance=" + NAME));

        var scale = get(URI + "/scale");
        assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(scale.at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(scale.at("/status/selector").asText()).isEqualTo("app.kubernetes.io/instance=" + NAME);
        ((ObjectNode) scale.get("spec")).put("replicas", 5);
        client.raw(URI + "/scale", "PUT", scale.toString());
        assertThat(get(URI).at("/spec/replicas").asInt()).isEqualTo(5);
    }

    @Test
    void showsTheColumns() {
        var columns = StreamSupport.stream(
                        Admission.definition()
                                .at("/spec/versions/0/additionalPrinterColumns")
                                .spliterator(),
                        false)
                .map(column ->
                        column.get("name").asText() + (column.path("priority").asInt() > 0 ? " (wide)" : ""))
                .toList();

        assertThat(columns)
                .containsExactly(
                        "Version",
                        "Nodes",
                        "Ready",
                        "Phase",
                        "Age",
                        "Volume (wide)",
                        "HTTP (wide)",
                        "gRPC (wide)",
                        "Message (wide)");
        var names = Admission.definition().at("/spec/names");
        assertThat(names.at("/shortNames/0").asText()).isEqualTo("wvc");
        assertThat(names.at("/categories/0").asText()).isEqualTo("heddle");
    }

    private void status(Map<String, Object> status) {
        var stored = (ObjectNode) get(URI);
        stored.set("status", Serialization.jsonMapper().valueToTree(status));
        client.raw(URI + "/status", "PUT", stored.toString());
    }

    private JsonNode get(String uri) {
        return unmarshal(client.raw(uri));
    }

    private static JsonNode unmarshal(String json) {
        return Serialization.unmarshal(json, JsonNode.class);
    }

    private void delete() {
        client.genericKubernetesResources("weaviate.io/v1", "WeaviateCluster")
                .inNamespace(Admission.NAMESPACE)
                .withName(NAME)
                .withTimeoutInMillis(10_000)
                .delete();
    }
}
