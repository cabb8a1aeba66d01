package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationCount;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.common.Times;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How each migration is; not a number (NaN) where that is not known yet. */
@ApplicationScoped
public class MigrationMetrics {
    private final MeterRegistry meters;
    private final Map<ResourceID, Figures> figures = new ConcurrentHashMap<>();
    private final Map<ResourceID, List<Meter>> registered = new ConcurrentHashMap<>();

    private record Figures(double success, double duration, double objects, double failed) {}

    MigrationMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param there whether a migration still is: without a finalizer nobody tells when one goes */
    void saw(Migration migration, MigrationStatus status, Predicate<ResourceID> there) {
        var id = ResourceID.fromResource(migration);
        figures.put(id, figures(status));
        registered.computeIfAbsent(id, name -> register(name, there));
    }

    private List<Meter> register(ResourceID id, Predicate<ResourceID> there) {
        return List.of(
                gauge(id, "last.success.timestamp.seconds", "When it succeeded", there, Figures::success),
                gauge(id, "duration.seconds", "How long its Jobs ran", there, Figures::duration),
                gauge(id, "objects", "Objects dealt with in this phase", there, Figures::objects),
                gauge(id, "failed", "1 when it has failed, else 0", there, Figures::failed));
    }

    private Meter gauge(
            ResourceID id,
            String name,
            String description,
            Predicate<ResourceID> there,
            ToDoubleFunction<Figures> figure) {
        return Gauge.builder("heddle.migration." + name, () -> figure(id, there, figure))
                .description(description)
                .tag("namespace", id.getNamespace().orElse(""))
                .tag("migration", id.getName())
                .register(meters);
    }

    /** The first look after a migration has gone removes its meters. */
    private double figure(ResourceID id, Predicate<ResourceID> there, ToDoubleFunction<Figures> figure) {
        if (!there.test(id)) {
            Optional.ofNullable(registered.remove(id)).ifPresent(all -> all.forEach(meters::remove));
            figures.remove(id);
        }
        return Optional.ofNullable(figures.get(id)).map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private static Figures figures(MigrationStatus status) {
        boolean good = status.phase() == MigrationPhase.SUCCEEDED;
        return new Figures(
                good ? Times.parse(status.completedAt()).getEpochSecond() : Double.NaN,
                Optional.ofNullable(status.completedAt())
                        .flatMap(_ -> Optional.ofNullable(status.spentSeconds()))
                        .map(seconds -> seconds.doubleValue())
                        .orElse(Double.NaN),
                Optional.ofNullable(status.objects())
                        .map(MigrationCount::copied)
                        .map(Long::doubleValue)
                        .orElse(Double.NaN),
                status.phase() == MigrationPhase.FAILED ? 1 : 0);
    }
}
