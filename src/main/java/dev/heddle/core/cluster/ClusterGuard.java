package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
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
}
