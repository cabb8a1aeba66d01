package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Number of clusters by phase. */
@ApplicationScoped
public class ClusterMetrics {
    private final Map<ResourceID, ClusterPhase> phases = new ConcurrentHashMap<>();

    ClusterMetrics(MeterRegistry meters) {
        for (var phase : ClusterPhase.values()) {
            Gauge.builder("heddle.clusters", phases, all -> all.values().stream()
                            .filter(phase::equals)
                            .count())
                    .description("WeaviateClusters by phase")
                    .tag("phase", phase.toString())
                    .register(meters);
        }
    }

    void saw(ResourceID cluster, ClusterPhase phase) {
        phases.put(cluster, phase);
    }

    void forget(ResourceID cluster) {
        phases.remove(cluster);
    }
}
