package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.core.restore.RestoreProgress;
import dev.heddle.core.restore.RestoreStatusBuilder;
import dev.heddle.core.restore.RestoreStep;
import dev.heddle.core.restore.RestoreTurn;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** How the restores into each cluster went. */
@ApplicationScoped
public class RestoreMetrics {
    private final MeterRegistry meters;
    private final Map<ResourceID, Success> last = new ConcurrentHashMap<>();

    private record Success(Instant end, Duration took) {}

    RestoreMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Good ones are known again after a restart of the operator; outcomes are counted from then on. */
    void saw(Restore restore, RestoreTurn turn) {
        var cluster = new ResourceID(
                restore.getSpec().clusterRef().name(), restore.getMetadata().getNamespace());
        switch (turn.step()) {
            case RestoreStep.Finish _ -> count(cluster, "succeeded");
            case RestoreStep.Fail _ -> count(cluster, "failed");
            default -> {}
        }
        if (turn.progress().phase() == RestorePhase.SUCCEEDED) {
            succeeded(cluster, turn.progress());
        }
    }

    private void count(ResourceID cluster, String outcome) {
        meters.counter(
                        "heddle.restores",
                        "namespace",
                        cluster.getNamespace().orElse(""),
                        "cluster",
                        cluster.getName(),
                        "outcome",
                        outcome)
                .increment();
    }

    private void succeeded(ResourceID cluster, RestoreProgress progress) {
        var success = new Success(
                progress.completedAt().orElse(Instant.EPOCH),
                RestoreStatusBuilder.took(progress).orElse(Duration.ZERO));
        var former = last.merge(cluster, success, (one, other) -> one.end().isAfter(other.end()) ? one : other);
        if (former.equals(success)) {
            gauge(cluster, "last.success.timestamp.seconds", "When the last good restore ended", one -> one.end()
                    .getEpochSecond());
            gauge(cluster, "last.duration.seconds", "How long the last good restore took", one -> one.took()
                    .toSeconds());
        }
    }

    /** Registering one again changes nothing. */
    private void gauge(ResourceID cluster, String name, String description, ToDoubleFunction<Success> figure) {
        Gauge.builder("heddle.restore." + name, () -> Optional.ofNullable(last.get(cluster))
                        .map(figure::applyAsDouble)
                        .orElse(Double.NaN))
                .description(description)
                .tag("namespace", cluster.getNamespace().orElse(""))
                .tag("cluster", cluster.getName())
                .register(meters);
    }
}
