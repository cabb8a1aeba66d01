package dev.heddle.core.upgrade;

import dev.heddle.core.common.Version;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pods have the StatefulSet's template. Its {@code currentRevision} does not tell: with the strategy OnDelete
 * nothing ever brings it up to date.
 */
public final class Revisions {
    private static final String LABEL = "controller-revision-hash";

    private Revisions() {}

    /** The template's revision; empty until the StatefulSet controller has seen the newest template. */
    public static Optional<String> newest(StatefulSet set) {
        return Optional.ofNullable(set.getStatus())
                .filter(status -> Objects.equals(
                        status.getObservedGeneration(), set.getMetadata().getGeneration()))
                .map(status -> status.getUpdateRevision());
    }

    /** Pods that have another revision than the newest one that the controller knows. */
    public static List<Pod> outdated(Optional<StatefulSet> set, List<Pod> pods) {
        return set.map(StatefulSet::getStatus)
                .map(status -> status.getUpdateRevision())
                .map(revision ->
                        pods.stream().filter(pod -> outdated(pod, revision)).toList())
                .orElse(List.of());
    }

    public static boolean outdated(Pod pod, String revision) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return labels.containsKey(LABEL) && !revision.equals(labels.get(LABEL));
    }

    /** Tag of the image in the template. */
    public static Optional<String> version(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .findFirst()
                .flatMap(Revisions::tag);
    }

    /** The version of Weaviate in a pod, among whose containers may be those of others. */
    public static Optional<String> version(Pod pod) {
        return Stream.ofNullable(pod.getSpec())
                .flatMap(spec -> spec.getContainers().stream())
                .filter(container -> "weaviate".equals(container.getName()))
                .findFirst()
                .flatMap(Revisions::tag)
                .filter(tag -> Version.parse(tag).isPresent());
    }

    private static Optional<String> tag(Container container) {
        return Optional.ofNullable(container.getImage())
                .map(image -> image.replaceFirst("@.*", ""))
                .map(image -> image.substring(image.lastIndexOf(':') + 1));
    }
}
