package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Objects of the Prometheus operator. */
public final class MonitoringManifests {
    private MonitoringManifests() {}

    public static Map<String, GenericKubernetesResource> serviceMonitors(ClusterPlan plan) {
        if (!ClusterDefaults.serviceMonitor(plan.spec())) {
            return Map.of();
        }
        var selector = new TreeMap<>(Labels.selector(plan.names(), Labels.DATABASE));
        selector.put(Labels.SERVICE, Labels.PEERS);
        return Children.byName(new GenericKubernetesResourceBuilder()
                .withApiVersion("monitoring.coreos.com/v1")
                .withKind("ServiceMonitor")
                .withMetadata(Children.metadata(plan, plan.names().cluster(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .addToAdditionalProperties(
                        "spec",
                        Map.of(
                                "selector",
                                Map.of("matchLabels", selector),
                                "endpoints",
                                List.of(Map.of("port", "metrics", "interval", "30s"))))
                .build());
    }
}
