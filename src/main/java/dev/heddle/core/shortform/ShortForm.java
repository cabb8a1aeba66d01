package dev.heddle.core.shortform;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.cloud.v1alpha1.AutoscalingSpec;
import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterSpec;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.api.weaviate.v1.AdoptSpec;
import dev.heddle.api.weaviate.v1.AutoScalingSpec;
import dev.heddle.api.weaviate.v1.BackupSpec;
import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.ModuleSpec;
import dev.heddle.api.weaviate.v1.SchedulingSpec;
import dev.heddle.api.weaviate.v1.StorageSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The WeaviateCluster that a Cluster stands for. */
public final class ShortForm {
    /** Stands in the list of modules for the backup module of the configured storage. */
    public static final String BACKUP = "backup";

    /** As a HorizontalPodAutoscaler. */
    private static final int TARGET_CPU = 80;

    /** A percentage needs something that it is a part of. */
    private static final Quantity CPU_REQUEST = new Quantity("250m");

    private ShortForm() {}

    /**
     * @param version x.y.z
     * @param images digests to pin; empty for none
     * @param adopted StatefulSet that was taken over
     */
    public static WeaviateCluster of(
            Cluster cluster, String version, List<VerifiedImage> images, Optional<String> adopted) {
        var child = new WeaviateCluster();
        child.setMetadata(new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(cluster.getMetadata().getName())
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addToLabels(Labels.NAME, "weaviate")
                .addToLabels(Labels.INSTANCE, cluster.getMetadata().getName())
                .build());
        child.setSpec(spec(cluster.getSpec(), version, images, adopted));
        return child;
    }

    /** Whether the backup module is asked for and there is nowhere to write. */
    public static boolean backupWithoutStorage(ClusterSpec spec) {
        return modules(spec).stream().anyMatch(module -> BACKUP.equals(module.name()) && enabled(module))
                && storage(spec).isEmpty();
    }

    private static WeaviateClusterSpec spec(
            ClusterSpec spec, String version, List<VerifiedImage> images, Optional<String> adopted) {
        var own = modules(spec).stream()
                .filter(module -> !BACKUP.equals(module.name()))
                .toList();
        return new WeaviateClusterSpec(
                version,
                image(spec, images),
                replicas(spec),
                resources(spec),
                volume(spec),
                autoscaling(spec),
                null,
                null,
                own.isEmpty() ? null : own,
                null,
                scheduling(spec),
                null,
                null,
                null,
                backup(spec),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                spec.serviceAccountName(),
                null,
                suspend(spec, adopted),
                adopted.map(AdoptSpec::new).orElse(null));
    }

    /** Giving back suspends the WeaviateCluster on its way; said aloud, so that a change of mind wakes it again. */
    private static Boolean suspend(ClusterSpec spec, Optional<String> adopted) {
        return adopted.isEmpty() ? spec.suspend() : Boolean.valueOf(Boolean.TRUE.equals(spec.suspend()));
    }

    private static ImageSpec image(ClusterSpec spec, List<VerifiedImage> images) {
        var own = Optional.ofNullable(spec.image());
        var digests = new TreeMap<String, String>();
        own.map(ImageSpec::digests).ifPresent(digests::putAll);
        images.forEach(image -> digests.put(image.version(), image.digest()));
        return own.isEmpty() && digests.isEmpty()
                ? null
                : new ImageSpec(
                        own.map(ImageSpec::repository).orElse(null),
                        own.map(ImageSpec::pullPolicy).orElse(null),
                        own.map(ImageSpec::pullSecrets).orElse(null),
                        digests.isEmpty() ? null : digests);
    }

    private static int replicas(ClusterSpec spec) {
        return Optional.ofNullable(spec.instances())
                .or(() -> Optional.ofNullable(spec.autoscaling()).map(AutoscalingSpec::minReplicas))
                .orElse(1);
    }

    private static ResourceRequirements resources(ClusterSpec spec) {
        var own = Optional.ofNullable(spec.resources());
        boolean byCpu = Optional.ofNullable(autoscaling(spec))
                .map(AutoScalingSpec::targetCPU)
                .isPresent();
        boolean given = own.filter(resources -> has(resources.getRequests()) || has(resources.getLimits()))
                .isPresent();
        if (!byCpu || given) {
            return spec.resources();
        }
        return own.map(ResourceRequirementsBuilder::new)
                .orElseGet(ResourceRequirementsBuilder::new)
                .addToRequests("cpu", CPU_REQUEST)
                .build();
    }

    private static boolean has(Map<String, Quantity> amounts) {
        return amounts != null && amounts.containsKey("cpu");
    }

    private static StorageSpec volume(ClusterSpec spec) {
        return Optional.ofNullable(spec.storage())
                .map(storage -> new StorageSpec(
                        storage.requests(),
                        storage.storageClassName(),
                        null,
                        storage.autoResizePolicy(),
                        storage.reclaimPolicy()))
                .orElse(null);
    }

    private static AutoScalingSpec autoscaling(ClusterSpec spec) {
        var own = spec.autoscaling();
        if (own == null) {
            return null;
        }
        boolean targeted = own.targetCPU() != null
                || own.targetMemory() != null
                || own.targetQPS() != null
                || own.targetLatency() != null;
        return new AutoScalingSpec(
                true,
                requireNonNullElse(own.minReplicas(), replicas(spec)),
                own.maxReplicas(),
                targeted ? own.targetCPU() : Integer.valueOf(TARGET_CPU),
                own.targetMemory(),
                own.targetQPS(),
                own.targetLatency(),
                null,
                null);
    }

    private static SchedulingSpec scheduling(ClusterSpec spec) {
        var labels = Optional.ofNullable(spec.nodeSelector()).map(selector -> selector.matchLabels());
        return labels.isEmpty() && spec.tolerations() == null
                ? null
                : new SchedulingSpec(labels.orElse(null), spec.tolerations(), null, null, null, null);
    }

    /** On where storage is configured, unless the module is listed as off. */
    private static BackupSpec backup(ClusterSpec spec) {
        boolean off = modules(spec).stream().anyMatch(module -> BACKUP.equals(module.name()) && !enabled(module));
        return off ? null : storage(spec).orElse(null);
    }

    private static Optional<BackupSpec> storage(ClusterSpec spec) {
        return Optional.ofNullable(spec.backup()).filter(backup -> backup.s3() != null);
    }

    private static List<ModuleSpec> modules(ClusterSpec spec) {
        return requireNonNullElse(spec.modules(), List.of());
    }

    private static boolean enabled(ModuleSpec module) {
        return requireNonNullElse(module.enabled(), true);
    }
}
