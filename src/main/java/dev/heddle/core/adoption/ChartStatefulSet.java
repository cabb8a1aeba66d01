package dev.heddle.core.adoption;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.core.common.Versions;
import dev.heddle.core.version.Constraint;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;

/** Whether a StatefulSet is what the official Helm chart makes (weaviate.md §1), as far as taking it over depends on it. */
public final class ChartStatefulSet {
    static final String CONTAINER = "weaviate";

    private ChartStatefulSet() {}

    /**
     * @param matches what the labels of existingClusters find
     * @param minimum oldest supported version
     */
    public static Adoption check(List<StatefulSet> matches, String minimum) {
        if (matches.isEmpty()) {
            return new Adoption.None(true);
        }
        if (matches.size() > 1) {
            return new Adoption.Refused(
                    "SeveralMatch",
                    "spec.existingClusters.matchLabels finds %s; it has to find one StatefulSet."
                            .formatted(matches.stream()
                                    .map(set -> set.getMetadata().getName())
                                    .sorted()
                                    .toList()));
        }
        var set = matches.getFirst();
        var name = set.getMetadata().getName();
        return unfit(set, minimum)
                .<Adoption>map(why -> new Adoption.Refused(
                        "NotAdoptable", "StatefulSet %s cannot be taken over: %s".formatted(name, why)))
                .orElseGet(() -> new Adoption.Adopted(name, version(set)));
    }

    /** x.y.z of the image that it runs; empty for any other tag, and for a bare digest. */
    public static Optional<String> version(StatefulSet set) {
        return container(set)
                .map(Container::getImage)
                .map(image -> image.replaceFirst("@.*$", ""))
                .map(image -> image.substring(image.lastIndexOf(':') + 1).replaceFirst("^v", ""))
                .filter(Constraint::stable);
    }

    public static Optional<Container> container(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> CONTAINER.equals(container.getName()))
                .findFirst();
    }

    private static Optional<String> unfit(StatefulSet set, String minimum) {
        var spec = set.getSpec();
        if (set.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()))) {
            return Optional.of("metadata.ownerReferences: another controller owns it.");
        }
        if (container(set).isEmpty()) {
            return Optional.of("spec.template.spec.containers: there is none of the name weaviate.");
        }
        var version = version(set);
        if (version.isEmpty() || !Versions.atLeast(version.get(), minimum)) {
            return Optional.of("the image %s: its tag has to be a version x.y.z of %s or later."
                    .formatted(container(set).orElseThrow().getImage(), minimum));
        }
        if (!"Parallel".equals(spec.getPodManagementPolicy())) {
            return Optional.of("spec.podManagementPolicy has to be Parallel (chart 17 or later), it is %s."
                    .formatted(spec.getPodManagementPolicy()));
        }
        if (requireNonNullElse(spec.getServiceName(), "").isEmpty()) {
            return Optional.of("spec.serviceName: there is no headless Service through which peers meet.");
        }
        if (requireNonNullElse(spec.getReplicas(), 1) < 1) {
            return Optional.of("spec.replicas is 0: start it before it is taken over.");
        }
        return persistent(set)
                ? Optional.empty()
                : Optional.of("spec.volumeClaimTemplates: none of them is mounted where Weaviate keeps its data.");
    }

    private static boolean persistent(StatefulSet set) {
        var path = container(set).orElseThrow().getEnv().stream()
                .filter(variable -> "PERSISTENCE_DATA_PATH".equals(variable.getName()))
                .map(variable -> requireNonNullElse(variable.getValue(), ""))
                .findFirst()
                .orElse("/var/lib/weaviate");
        return container(set).orElseThrow().getVolumeMounts().stream()
                .filter(mount -> path.equals(mount.getMountPath()))
                .map(VolumeMount::getName)
                .anyMatch(volume -> set.getSpec().getVolumeClaimTemplates().stream()
                        .anyMatch(claim -> volume.equals(claim.getMetadata().getName())));
    }
}
