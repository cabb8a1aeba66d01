package dev.heddle.core.common;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.IntStream;

/** Names of the children of a cluster, derived from its own name so that they never change. */
public record Names(String namespace, String cluster) {

    public String statefulSet() {
        return cluster;
    }

    public String clientService() {
        return cluster;
    }

    /** The Service through which peers find each other before they are ready. */
    public String headlessService() {
        return cluster + "-headless";
    }

    public String authSecret() {
        return cluster + "-auth";
    }

    /** The ConfigMap with the settings that Weaviate takes up while it runs. */
    public String runtime() {
        return cluster + "-runtime";
    }

    public String serviceAccount() {
        return cluster + "-weaviate";
    }

    public String module(String module) {
        return cluster + "-" + module;
    }

    public String access(String role) {
        return cluster + "-" + role;
    }

    /** Pod names of ordinals 0 to count-1, which are Weaviate's node names. */
    public List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(this::node).toList();
    }

    public String node(int ordinal) {
        return cluster + "-" + ordinal;
    }

    /** Ordinal of a pod or a claim. */
    public static int ordinal(HasMetadata object) {
        var name = object.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    /** Name of a claim of the volume claim template {@code data}. */
    public String claim(int ordinal) {
        return "data-" + cluster + "-" + ordinal;
    }

    /** The claim of a node, or of its pod. */
    public String claim(String node) {
        return "data-" + node;
    }
}
