package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.AccessMode;
import dev.heddle.api.weaviate.v1.AuthSpec;
import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.api.weaviate.v1.MonitoringSpec;
import dev.heddle.api.weaviate.v1.NetworkPolicySpec;
import dev.heddle.api.weaviate.v1.RbacSpec;
import dev.heddle.api.weaviate.v1.RebalanceSpec;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.api.weaviate.v1.SchedulingSpec;
import dev.heddle.api.weaviate.v1.ServiceMeshSpec;
import dev.heddle.api.weaviate.v1.Spread;
import dev.heddle.api.weaviate.v1.StorageSpec;
import dev.heddle.api.weaviate.v1.UpgradeSpec;
import dev.heddle.api.weaviate.v1.UpgradeStrategy;
import dev.heddle.api.weaviate.v1.VolumeClaimTemplateSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The defaults of the spec. They are here and not in the schema, because a default that the API server writes could
 * not be told from the user's own value and would win over {@code valuesFrom}.
 */
public final class ClusterDefaults {
    private ClusterDefaults() {}

    public static Optional<AutoResizeSpec> autoResize(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.storage()).map(StorageSpec::autoResize);
    }

    public static int replicas(WeaviateClusterSpec spec) {
        return requireNonNullElse(spec.replicas(), 1);
    }

    public static boolean suspended(WeaviateClusterSpec spec) {
        return on(spec.suspend());
    }

    public static String storageSize(WeaviateClusterSpec spec) {
        return of(spec.storage(), StorageSpec::size, "10Gi");
    }

    public static List<AccessMode> accessModes(WeaviateClusterSpec spec) {
        var template = Optional.ofNullable(spec.storage()).map(StorageSpec::volumeClaimTemplate);
        return template.map(VolumeClaimTemplateSpec::accessModes).orElse(List.of(AccessMode.READWRITEONCE));
    }

    public static ReclaimPolicy reclaimPolicy(WeaviateClusterSpec spec) {
        return of(spec.storage(), StorageSpec::reclaimPolicy, ReclaimPolicy.RETAIN);
    }

    public static boolean rebalance(WeaviateClusterSpec spec) {
        return of(spec.rebalance(), RebalanceSpec::enabled, true);
    }

    public static int maxConcurrentMoves(WeaviateClusterSpec spec) {
        return of(spec.rebalance(), RebalanceSpec::maxConcurrentMoves, 4);
    }

    /** How long a pod of a new version may take until it serves; the schema admits hours, minutes and seconds. */
    public static Duration upgradeTimeout(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.upgrade())
                .map(UpgradeSpec::timeout)
                .map(text -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT)))
                .orElse(Duration.ofMinutes(30));
    }

    public static boolean upgradeRollback(WeaviateClusterSpec spec) {
        return of(spec.upgrade(), UpgradeSpec::rollback, true);
    }

    public static boolean backupFirst(WeaviateClusterSpec spec) {
        return of(spec.upgrade(), UpgradeSpec::backupFirst, false);
    }

    public static UpgradeStrategy upgradeStrategy(WeaviateClusterSpec spec) {
        return of(spec.upgrade(), UpgradeSpec::strategy, UpgradeStrategy.ROLLINGUPDATE);
    }

    public static Spread spread(WeaviateClusterSpec spec) {
        return of(spec.scheduling(), SchedulingSpec::spread, Spread.ZONE);
    }

    public static boolean anonymous(WeaviateClusterSpec spec) {
        return of(spec.auth(), AuthSpec::anonymous, false);
    }

    /** Weaviate's own RBAC, when it is on. */
    public static Optional<RbacSpec> rbac(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.auth()).map(AuthSpec::rbac).filter(rbac -> on(rbac.enabled()));
    }

    public static boolean metrics(WeaviateClusterSpec spec) {
        return of(spec.monitoring(), MonitoringSpec::enabled, true);
    }

    public static boolean serviceMonitor(WeaviateClusterSpec spec) {
        return of(spec.monitoring(), MonitoringSpec::serviceMonitor, false);
    }

    public static boolean networkPolicy(WeaviateClusterSpec spec) {
        return of(spec.networkPolicy(), NetworkPolicySpec::enabled, true);
    }

    /** The mesh, when it is on. */
    public static Optional<ServiceMeshSpec> mesh(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.serviceMesh()).filter(mesh -> on(mesh.enabled()));
    }

    public static boolean on(Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    private static <B, V> V of(B block, Function<B, V> field, V fallback) {
        return Optional.ofNullable(block).map(field).orElse(fallback);
    }
}
