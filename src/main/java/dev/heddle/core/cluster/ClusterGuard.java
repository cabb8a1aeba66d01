package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.StorageSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the previous value where a change is not safe, and says why. */
final class ClusterGuard {
    private ClusterGuard() {}

    /** The running version stays: nothing walks the upgrade ladder or gates a step yet. */
    static String version(WeaviateClusterSpec spec, Optional<String> running, Consumer<Finding> findings) {
        if (running.isEmpty() || running.get().equals(spec.version())) {
            return spec.version();
        }
        findings.accept(new Finding(
                Topic.SPEC,
                "UpgradeNotYetSupported",
                "spec.version is %s, %s runs and is kept: changing the version of a running cluster is not supported yet. Set spec.version back to %s."
                        .formatted(spec.version(), running.get(), running.get())));
        return running.get();
    }

    /** Claim templates of a StatefulSet cannot change; the live ones are kept. */
    static StoragePlan storage(
            WeaviateClusterSpec spec, CloudPlan cloud, LiveCluster live, Consumer<Finding> findings) {
        var named = Optional.ofNullable(spec.storage()).map(StorageSpec::storageClassName);
        var wanted = new StoragePlan(
                canonical(ClusterDefaults.storageSize(spec)),
                named.or(() -> cloud.storageClass().map(StoragePlan.MadeClass::name)),
                ClusterDefaults.accessModes(spec).stream().map(Object::toString).toList(),
                cloud.storageClass());
        var present = live.statefulSet().flatMap(ClusterGuard::template);
        if (present.isEmpty()) {
            return wanted;
        }
        var claim = present.get().getSpec();
        var size = claim.getResources().getRequests().get("storage");
        var kept = new StoragePlan(
                canonical(size.toString()),
                Optional.ofNullable(claim.getStorageClassName()),
                claim.getAccessModes(),
                wanted.made());
        if (!kept.equals(wanted)) {
            findings.accept(new Finding(
                    Topic.SPEC,
                    "StorageChangeNotYetSupported",
                    "spec.storage asks for %s; the volumes were made with %s, which is kept: changing storage is not supported yet. If nothing is stored yet, delete the WeaviateCluster and its claims and apply it again."
                            .formatted(words(wanted), words(kept))));
        }
        return kept;
    }

    private static Optional<PersistentVolumeClaim> template(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates().stream().findFirst();
    }

    private static String words(StoragePlan plan) {
        return "%s, class %s, %s".formatted(plan.size(), plan.storageClass().orElse("(default)"), plan.accessModes());
    }

    /** As the API server stores it: 1024Mi becomes 1Gi; anything else makes every reconcile a write (framework.md §5.2). */
    static String canonical(String quantity) {
        var bytes = new Quantity(quantity).getNumericalAmount();
        if (bytes.stripTrailingZeros().scale() > 0) {
            return smallest(bytes);
        }
        var units = quantity.endsWith("i")
                ? new String[] {"Ei", "Pi", "Ti", "Gi", "Mi", "Ki"}
                : new String[] {"E", "P", "T", "G", "M", "k"};
        var base = BigDecimal.valueOf(quantity.endsWith("i") ? 1024 : 1000);
        for (int power = units.length; power >= 1; power--) {
            var parts = bytes.divideAndRemainder(base.pow(power));
            if (parts[1].signum() == 0 && parts[0].signum() > 0) {
                return parts[0].toBigInteger() + units[units.length - power];
            }
        }
        return bytes.toBigInteger().toString();
    }

    /** Fractions are stored in the largest of m, u and n that makes them whole: 1.1Gi becomes 1181116006400m. */
    private static String smallest(BigDecimal fraction) {
        var units = new String[] {"m", "u", "n"};
        for (int power = 1; power <= units.length; power++) {
            var scaled = fraction.movePointRight(3 * power);
            if (scaled.stripTrailingZeros().scale() <= 0 || power == units.length) {
                return scaled.setScale(0, RoundingMode.UP).toPlainString() + units[power - 1];
            }
        }
        throw new IllegalStateException("unreachable");
    }
}
