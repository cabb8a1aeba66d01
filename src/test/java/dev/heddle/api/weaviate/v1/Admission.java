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
final class Admission {
    static final String NAMESPACE = "default";
    static final String RESOURCES = "/apis/weaviate.io/v1/namespaces/" + NAMESPACE + "/weaviateclusters";
    private static final Path DEFINITION = Path.of("target", "kubernetes", "weaviateclusters.weaviate.io-v1.yml");
    private static final Path CASES = Path.of("src", "test", "resources", "crd", "weaviatecluster");

    private final KubernetesClient client;

    Admission(KubernetesClient client) {
        this.client = client;
    }

    /** @param object what would be stored; null when refused */
    record Answer(int code, String message, JsonNode object) {
        boolean accepted() {
            return code / 100 == 2;
        }
    }

    static JsonNode definition() {
        return Serialization.unmarshal(read(DEFINITION), JsonNode.class);
    }

    /** Applies the definition, and waits until it is served. */
    void install() {
        var crd = Serialization.unmarshal(read(DEFINITION), CustomResourceDefinition.class);
        client.resource(crd)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("crd-admission")
                                .withForce(true)
                                .build(),
                        read(DEFINITION));
        client.resource(crd).waitUntilCondition(Definitions::established, 30, TimeUnit.SECONDS);
    }

    /** Stores nothing. */
    Answer create(JsonNode resource, String fieldValidation) {
        return post(RESOURCES + "?dryRun=All&fieldValidation=" + fieldValidation, resource);
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

    static List<Path> cases(String kind) {
        try (var files = Files.list(CASES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind))
                    .sorted()
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static ObjectNode resource(Path file) {
        ObjectNode resource = Serialization.unmarshal(read(file), ObjectNode.class);
        ((ObjectNode) resource.get("metadata")).put("namespace", NAMESPACE);
        return resource;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
