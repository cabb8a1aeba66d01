package dev.heddle.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of one rendering, and the ways to ask for them. */
record Rendering(List<JsonNode> objects) {
    List<JsonNode> all(String kind) {
        return objects.stream().filter(object -> kind(object).equals(kind)).toList();
    }

    JsonNode only(String kind) {
        var found = all(kind);
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    Deployment deployment() {
        return new KubernetesSerialization().convertValue(only("Deployment"), Deployment.class);
    }

    PodSpec pod() {
        return deployment().getSpec().getTemplate().getSpec();
    }

    Container container() {
        var containers = pod().getContainers();
        assertThat(containers).hasSize(1);
        return containers.getFirst();
    }

    /** Names and values; where the value comes from a field, its path. */
    Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        container().getEnv().forEach(variable -> {
            var source = variable.getValueFrom();
            environment.put(
                    variable.getName(),
                    source == null ? variable.getValue() : source.getFieldRef().getFieldPath());
        });
        return environment;
    }

    Map<String, JsonNode> crds() {
        var crds = new TreeMap<String, JsonNode>();
        all("CustomResourceDefinition")
                .forEach(crd -> crds.put(crd.at("/metadata/name").asText(), crd));
        return crds;
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }
}
