package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WritePause;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Fields of the contract that this release accepts and does not act upon. */
final class NotYetSupported {
    private NotYetSupported() {}

    static Optional<Finding> in(WeaviateClusterSpec spec) {
        var present = new LinkedHashMap<String, Boolean>();
        present.put(
                "autoScaling",
                spec.autoScaling() != null
                        && ClusterDefaults.on(spec.autoScaling().enabled()));
        present.put(
                "scaleIn.writePause", spec.scaleIn() != null && spec.scaleIn().writePause() == WritePause.ALLOWED);
        present.put(
                "monitoring.rules",
                spec.monitoring() != null
                        && ClusterDefaults.on(spec.monitoring().rules()));
        present.put(
                "monitoring.dashboards",
                spec.monitoring() != null
                        && ClusterDefaults.on(spec.monitoring().dashboards()));
        var fields = present.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(entry -> "spec." + entry.getKey())
                .collect(Collectors.joining(", "));
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Topic.NOT_YET_SUPPORTED,
                        "NotYetSupported",
                        "This release accepts and does not act upon: " + fields + "."));
    }
}
