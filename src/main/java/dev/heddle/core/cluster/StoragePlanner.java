package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.api.weaviate.v1.StorageSpec;
import dev.heddle.api.weaviate.v1.StorageStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.replica.Volumes;
import dev.heddle.core.storage.AutoResize;
import dev.heddle.core.storage.Resize;
import dev.heddle.core.storage.Volume;
import dev.heddle.core.storage.VolumeSize;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The volumes: they grow, by the spec or by free space; anything else stays as it was made. What was made is read off
 * the StatefulSet, or off the claims while it is made again.
 */
final class StoragePlanner {
    /** Used space from which on Weaviate makes shards read-only, unless its environment says otherwise. */
    private static final int READ_ONLY_PERCENT = 90;

    private final Names names;
    private final ClusterObservation seen;
    private final Optional<WeaviateClusterStatus> status;
    private final Consumer<Finding> findings;

    StoragePlanner(
            Names names, ClusterObservation seen, Optional<WeaviateClusterStatus> status, Consumer<Finding> findings) {
        this.names = names;
        this.seen = seen;
        this.status = status;
        this.findings = findings;
    }

    StoragePlan plan(CloudPlan cloud, int nodes) {
        var resize = resize(nodes);
        var made = seen.live().statefulSet().flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream()
                .map(PersistentVolumeClaim::getSpec)
                .findFirst());
        var present = made.or(() -> seen.live().claims().stream()
                .filter(claim -> claim.getSpec() != null)
                .min(Comparator.comparing(Volume::ordinal))
                .map(PersistentVolumeClaim::getSpec));
        var named = Optional.ofNullable(seen.spec().storage())
                .map(StorageSpec::storageClassName)
                .or(() -> cloud.storageClass().map(StoragePlan.MadeClass::name));
        var modes = ClusterDefaults.accessModes(seen.spec()).stream()
                .map(Object::toString)
                .toList();
        present.ifPresent(claim -> refuse(claim, named, modes, resize));
        return new StoragePlan(
                resize.template().map(VolumeSize::canonical).orElse(resize.target()),
                present.isPresent() ? present.map(PersistentVolumeClaimSpec::getStorageClassName) : named,
                present.map(PersistentVolumeClaimSpec::getAccessModes).orElse(modes),
                cloud.storageClass(),
                resize,
                volumes(nodes),
                recovering(resize));
    }

    private Volumes volumes(int nodes) {
        var known = status.map(WeaviateClusterStatus::storage)
                .map(StorageStatus::volumes)
                .orElse(Map.of());
        return Volumes.of(known, seen.live().volumes(names), names.nodes(nodes));
    }

    private void refuse(PersistentVolumeClaimSpec made, Optional<String> named, List<String> modes, Resize resize) {
        var former = Optional.ofNullable(made.getStorageClassName());
        if (named.isPresent() && !named.equals(former)) {
            refuse(
                    "asks for class %s".formatted(named.get()),
                    "class %s".formatted(former.orElse("(default)")),
                    "the class of a volume cannot change");
        }
        if (!modes.equals(made.getAccessModes())) {
            refuse(
                    "asks for access modes %s".formatted(modes),
                    "%s".formatted(made.getAccessModes()),
                    "the access modes of a volume cannot change");
        }
        var asked = ClusterDefaults.storageSize(seen.spec());
        boolean growsAlone = ClusterDefaults.autoResize(seen.spec()).isPresent();
        if (VolumeSize.below(asked, resize.target()) && !growsAlone) {
            refuse("asks for %s".formatted(VolumeSize.canonical(asked)), resize.target(), "a volume cannot shrink");
        }
    }

    private void refuse(String asked, String kept, String why) {
        findings.accept(new Finding(
                Topic.SPEC,
                "StorageChangeRefused",
                "spec.storage %s; the volumes have %s, which is kept: %s. Set it back; for other volumes, make another cluster and migrate to it."
                        .formatted(asked, kept, why)));
    }

    private Resize resize(int nodes) {
        var volumes = seen.live().claims().stream()
                .flatMap(claim -> Volume.of(claim).stream())
                .sorted(Comparator.comparing(Volume::ordinal))
                .toList();
        var template = seen.live().statefulSet().flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream()
                .map(claim -> claim.getSpec().getResources().getRequests().get("storage"))
                .map(Objects::toString)
                .findFirst());
        var asked = Resize.of(ClusterDefaults.storageSize(seen.spec()), volumes, template, nodes);
        return ClusterDefaults.autoResize(seen.spec())
                .filter(spec -> !asked.pending())
                .flatMap(spec -> larger(spec, asked.target()))
                .map(size -> Resize.of(size, volumes, template, nodes))
                .orElse(asked);
    }

    private Optional<String> larger(AutoResizeSpec spec, String size) {
        seen.disks()
                .problem()
                .ifPresent(problem -> findings.accept(new Finding(
                        Topic.AUTO_RESIZE,
                        "StatisticsUnavailable",
                        "The free space of the volumes is not known, so that nothing grows: " + problem)));
        return switch (AutoResize.decide(spec, size, seen.disks().usage())) {
            case AutoResize.Decision.Keep enough -> Optional.empty();
            case AutoResize.Decision.Grow grow -> Optional.of(grow.size());
            case AutoResize.Decision.AtLimit reached -> {
                findings.accept(new Finding(
                        Topic.AUTO_RESIZE,
                        "LimitReached",
                        "%s is short of space and has %s already; spec.storage.autoResize.limit is %s. Raise the limit, or delete data."
                                .formatted(reached.claim(), size, spec.limit())));
                yield Optional.empty();
            }
        };
    }

    /**
     * A user may have made a shard read-only on purpose. A disk is to blame while volumes grow, where it is not known
     * to have room, and where it was found to blame before; the last is how it is known when there is room again.
     */
    private List<WeaviateReport.Shard> recovering(Resize resize) {
        var blamed = readOnly().stream()
                .filter(node -> resize.pending() || before() || !roomy(node))
                .toList();
        if (blamed.isEmpty()) {
            return List.of();
        }
        findings.accept(new Finding(
                Topic.DISK,
                "ShardsReadOnly",
                "Weaviate refuses writes to %s: a disk is full. Reads go on. %s"
                        .formatted(
                                blamed.stream()
                                        .map(node -> "%d shards of %s"
                                                .formatted(node.readOnly().size(), node.name()))
                                        .collect(Collectors.joining(", ")),
                                remedy(resize))));
        return blamed.stream()
                .filter(node -> resize.grown() || before() && roomy(node))
                .flatMap(node -> node.readOnly().stream())
                .distinct()
                .toList();
    }

    private String remedy(Resize resize) {
        if (resize.grown()) {
            return "The volumes have grown, and Weaviate is told to take writes again.";
        }
        return resize.pending() ? "The volumes are growing." : remedy(resize.target());
    }

    private String remedy(String size) {
        return ClusterDefaults.autoResize(seen.spec())
                .map(AutoResizeSpec::limit)
                .map(limit -> VolumeSize.below(size, limit)
                        ? "Raise spec.storage.size above %s, where spec.storage.autoResize does not do it."
                                .formatted(size)
                        : "The volumes have %s, and spec.storage.autoResize.limit of %s is reached: raise that."
                                .formatted(size, limit))
                .orElse("Raise spec.storage.size, or let spec.storage.autoResize do it.");
    }

    private List<WeaviateReport.Node> readOnly() {
        return seen.weaviate() instanceof WeaviateReport.Answered answered
                ? answered.nodes().stream()
                        .filter(node -> !node.readOnly().isEmpty())
                        .sorted(Comparator.comparing(WeaviateReport.Node::name))
                        .toList()
                : List.of();
    }

    private boolean before() {
        return status.map(WeaviateClusterStatus::conditions).orElse(List.of()).stream()
                .anyMatch(condition ->
                        "DiskPressure".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private boolean roomy(WeaviateReport.Node node) {
        return seen.disks().roomy(names.claim(node.name()), readOnlyPercent());
    }

    private int readOnlyPercent() {
        return requireNonNullElse(seen.spec().env(), List.<EnvVar>of()).stream()
                .filter(variable -> "DISK_USE_READONLY_PERCENTAGE".equals(variable.getName()))
                .map(EnvVar::getValue)
                .filter(value -> value != null && value.matches("[0-9]{1,2}"))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(READ_ONLY_PERCENT);
    }
}
