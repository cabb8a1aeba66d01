package dev.heddle.core.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Heddle knows of Weaviate's versions and modules; read from weaviate-versions.yaml.
 *
 * @param repository default image repository
 * @param minimum oldest supported version
 * @param releases versions of Weaviate; of each minor at least the newest patch
 * @param features first version of each feature by name
 * @param api settings of each API-based module: setting to environment variable
 * @param inference modules with a container
 */
public record Catalog(
        String repository,
        String minimum,
        List<String> releases,
        Map<String, String> features,
        Map<String, Map<String, String>> api,
        Map<String, Inference> inference) {

    /**
     * @param url environment variable of Weaviate that holds the container's address
     * @param cuda whether an image with CUDA exists
     * @param waitSwitch switch that lets Weaviate start while the container does not serve; null where there is none
     * @param waitSince first version that has the switch
     */
    public record Inference(String url, String image, boolean cuda, String waitSwitch, String waitSince) {}

    /** Whether Heddle knows the module at all. */
    public boolean knows(String module) {
        return api.containsKey(module) || inference.containsKey(module);
    }

    public Optional<Inference> inferenceOf(String module) {
        return Optional.ofNullable(inference.get(module));
    }
}
