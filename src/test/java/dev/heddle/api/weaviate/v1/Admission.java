package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.Definitions;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The generated definition on a real API server, which is asked by dry runs. */
public final class Admission {
    public static final String NAMESPACE = "default";
    static final String RESOURCES = "/apis/weaviate.io/v1/namespaces/" + NAMESPACE + "/weaviateclusters";
    private static final Path DEFINITION = Path.of("target", "kubernetes", "weaviateclusters.weaviate.io-v1.yml");
    private static final Path CASES = Path.of("src", "test", "resources", "crd", "weaviatecluster");

    private final KubernetesClient client;
    private final Kind kind;

    /**
     * A custom resource.
     *
     * @param resources path of its list on the API server
     * @param definition as generated
     * @param cases folder with valid-*.yaml and invalid-*.yaml
     */
    public record Kind(String resources, Path definition, Path cases) {
        public List<Path> cases(String prefix) {
            return Admission.cases(cases, prefix);
        }

        public JsonNode schema() {
            return Serialization.unmarshal(read(definition), JsonNode.class)
                    .at("/spec/versions/0/schema/openAPIV3Schema");
        }
    }

    Admission(KubernetesClient client) {
        this(client, new Kind(RESOURCES, DEFINITION, CASES));
    }

    public Admission(KubernetesClient client, Kind kind) {
        this.client = client;
        this.kind = kind;
    }

    /** @param object what would be stored; null when refused */
    public record Answer(int code, String message, JsonNode object) {
        public boolean accepted() {
            return code / 100 == 2;
        }
    }

    static JsonNode definition() {
        return Serialization.unmarshal(read(DEFINITION), JsonNode.class);
    }

    /** Applies the definition, and waits until it is served. */
    public void install() {
        var crd = Serialization.unmarshal(read(kind.definition()), CustomResourceDefinition.class);
        client.resource(crd)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("crd-admission")
                                .withForce(true)
                                .build(),
                        read(kind.definition()));
        client.resource(crd).waitUntilCondition(Definitions::established, 30, TimeUnit.SECONDS);
    }

    /** Stores nothing. */
    public Answer create(JsonNode resource, String fieldValidation) {
        return post(kind.resources() + "?dryRun=All&fieldValidation=" + fieldValidation, resource);
    }

    Answer post(String uri, Object object) {
        try {
            var stored = client.raw(uri, "POST", Serialization.asJson(object));
            return new Answer(201, "", Serialization.unmarshal(stored, JsonNode.class));
        } catch (KubernetesClientException refused) {
            var message = Optional.ofNullable(refused.getStatus()).map(Status::getMessage);
            return new Answer(refused.getCode(), message.orElse(refused.getMessage()), null);
        }
    }

    static List<Path> cases(String prefix) {
        return cases(CASES, prefix);
    }

    private static List<Path> cases(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public static ObjectNode resource(Path file) {
        ObjectNode resource = Serialization.unmarshal(read(file), ObjectNode.class);
        ((ObjectNode) resource.get("metadata")).put("namespace", NAMESPACE);
        return resource;
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
