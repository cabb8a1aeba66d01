package dev.heddle.journey;

import dev.heddle.Definitions;
import dev.heddle.Namespaces;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** What the journeys ask of Kubernetes itself. */
final class Kubernetes {
    private Kubernetes() {}

    /** Pods in it have to pass the restricted level of Pod Security. */
    static void createNamespace(KubernetesClient client, String name) {
        deleteNamespace(client, name);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** With all that is in it, and waits until it is gone. */
    static void deleteNamespace(KubernetesClient client, String name) {
        client.pods().inNamespace(name).withGracePeriod(0).delete();
        client.namespaces().withName(name).delete();
        Namespaces.awaitGone(client, name);
    }

    static boolean ready(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    static boolean established(KubernetesClient client, String crd) {
        return Definitions.established(client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(crd)
                .get());
    }

    /** YAML as the JSON of a merge patch. */
    static String json(String yaml) {
        return Serialization.asJson(Serialization.unmarshal(yaml, Map.class));
    }
}
