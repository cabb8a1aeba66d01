package dev.heddle.core.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Merge;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import dev.heddle.core.gpu.GpuVendors;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One folder: {@code in-*.yaml} with exactly one WeaviateCluster and what lives beside it; {@code in-values.yaml} is the
 * content of a ConfigMap of valuesFrom, {@code in-settings.yaml} may say {@code clusterWide} and {@code kinds}.
 */
record GoldenCase(Path folder, WeaviateCluster cluster, ClusterObservation observation, Settings settings) {
    static final Instant NOW = Samples.NOW;
    private static final String VALUES = "in-values.yaml";
    private static final String SETTINGS = "in-settings.yaml";

    static GoldenCase read(Path folder) throws IOException {
        var objects = objects(folder);
        var trees = only("WeaviateCluster", objects);
        if (trees.size() != 1) {
            throw new IllegalArgumentException(folder + " needs exactly one WeaviateCluster");
        }
        var cluster = cluster(trees.getFirst());
        var options = tree(folder.resolve(SETTINGS));
        boolean clusterWide = !Boolean.FALSE.equals(options.get("clusterWide"));
        var values = tree(folder.resolve(VALUES));
        var seen = new Seen(Samples.spec(Merge.deep(values, child(trees.getFirst(), "spec"))));
        if (options.get("kinds") instanceof List<?> kinds) {
            seen.with(Set.copyOf(kinds.stream().map(String::valueOf).toList()));
        }
        typed("Secret", Secret.class, objects).forEach(seen::with);
        typed("StatefulSet", StatefulSet.class, objects).forEach(seen::with);
        typed("PersistentVolumeClaim", PersistentVolumeClaim.class, objects).forEach(seen::with);
        typed("Deployment", Deployment.class, objects)
                .forEach(deployment -> seen.with(label(deployment.getMetadata(), Labels.MODULE), deployment));
        var pods = typed("Pod", Pod.class, objects).toList();
        pods.stream()
                .filter(pod -> Labels.DATABASE.equals(label(pod.getMetadata(), Labels.COMPONENT)))
                .forEach(seen::with);
        var nodes = typed("Node", Node.class, objects).toList();
        if (clusterWide && !nodes.isEmpty()) {
            seen.with(inventory(nodes, pods));
        }
        var settings = new Settings(
                Samples.SETTINGS.namespace(),
                Samples.SETTINGS.clusterDomain(),
                clusterWide,
                Samples.SETTINGS.catalog());
        return new GoldenCase(folder, cluster, seen.build(), settings);
    }

    private static WeaviateCluster cluster(Map<String, Object> tree) {
        var cluster = new WeaviateCluster();
        var metadata = Serialization.jsonMapper().convertValue(tree.get("metadata"), ObjectMeta.class);
        metadata.setGeneration(requireNonNullElse(metadata.getGeneration(), 1L));
        cluster.setMetadata(metadata);
        cluster.setSpec(Samples.spec(child(tree, "spec")));
        if (tree.containsKey("status")) {
            cluster.setStatus(Serialization.jsonMapper().convertValue(tree.get("status"), WeaviateClusterStatus.class));
        }
        return cluster;
    }

    private static List<Map<String, Object>> objects(Path folder) throws IOException {
        var objects = new ArrayList<Map<String, Object>>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (name.startsWith("in-") && !name.equals(VALUES) && !name.equals(SETTINGS)) {
                    for (var document : Files.readString(file).split("(?m)^---\\s*$")) {
                        objects.add(parsed(document));
                    }
                } else if (!name.matches("(in|out)-.*\\.yaml")) {
                    throw new IllegalArgumentException("neither in-*.yaml nor out-*.yaml: " + file);
                }
            }
        }
        return objects;
    }

    private static Map<String, Object> tree(Path file) throws IOException {
        return Files.exists(file) ? parsed(Files.readString(file)) : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String yaml) {
        return Serialization.unmarshal(yaml, Map.class);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.get(key);
    }

    private static List<Map<String, Object>> only(String kind, List<Map<String, Object>> objects) {
        return objects.stream().filter(tree -> kind.equals(tree.get("kind"))).toList();
    }

    private static <T> Stream<T> typed(String kind, Class<T> type, List<Map<String, Object>> objects) {
        return only(kind, objects).stream()
                .map(tree -> Serialization.jsonMapper().convertValue(tree, type));
    }

    private static String label(ObjectMeta metadata, String key) {
        return requireNonNullElse(metadata.getLabels(), Map.<String, String>of())
                .get(key);
    }

    private static GpuInventory inventory(List<Node> nodes, List<Pod> pods) {
        return new GpuInventory(nodes.stream()
                .flatMap(node -> Arrays.stream(GpuVendor.values())
                        .flatMap(vendor -> GpuVendors.describe(node, vendor, requested(node, vendor, pods)).stream()))
                .sorted(Comparator.comparing(GpuNode::name))
                .toList());
    }

    private static long requested(Node node, GpuVendor vendor, List<Pod> pods) {
        return pods.stream()
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .flatMap(container -> GpuVendors.resources(vendor).stream()
                        .map(resource -> container.getResources().getRequests().get(resource)))
                .filter(quantity -> quantity != null)
                .mapToLong(quantity -> quantity.getNumericalAmount().longValue())
                .sum();
    }
}
