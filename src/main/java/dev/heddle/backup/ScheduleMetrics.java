package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.core.backup.BackupStatusBuilder;
import dev.heddle.core.backup.ScheduleBackups;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How the backups of each schedule are; not a number (NaN) where there is no good one yet. */
@ApplicationScoped
public class ScheduleMetrics {
    private final MeterRegistry meters;
    private final Map<ResourceID, Figures> figures = new ConcurrentHashMap<>();
    private final Map<ResourceID, List<Meter>> registered = new ConcurrentHashMap<>();

    private record Figures(double success, double duration, double size, double failed) {}

    ScheduleMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param there whether a schedule still is: without a finalizer nobody tells when one goes */
    void saw(ScheduleBackups backups, Predicate<ResourceID> there) {
        var schedule = ResourceID.fromResource(backups.schedule());
        figures.put(schedule, figures(backups));
        registered.computeIfAbsent(schedule, id -> register(id, there));
    }

    private List<Meter> register(ResourceID schedule, Predicate<ResourceID> there) {
        return List.of(
                gauge(
                        schedule,
                        "last.success.timestamp.seconds",
                        "When the last good backup ended",
                        () -> figure(schedule, there, Figures::success)),
                gauge(
                        schedule,
                        "last.duration.seconds",
                        "How long the last good backup took",
                        () -> figure(schedule, there, Figures::duration)),
                gauge(
                        schedule,
                        "last.size.bytes",
                        "Size of the last good backup in the bucket",
                        () -> figure(schedule, there, Figures::size)),
                gauge(
                        schedule,
                        "failed.since.success",
                        "Failed backups since the last good one",
                        () -> figure(schedule, there, Figures::failed)));
    }

    private Meter gauge(ResourceID schedule, String name, String description, Supplier<Number> value) {
        return Gauge.builder("heddle.backup." + name, value)
                .description(description)
                .tag("namespace", schedule.getNamespace().orElse(""))
                .tag("schedule", schedule.getName())
                .register(meters);
    }

    /** The first look after a schedule has gone removes its meters. */
    private double figure(ResourceID schedule, Predicate<ResourceID> there, ToDoubleFunction<Figures> figure) {
        if (!there.test(schedule)) {
            Optional.ofNullable(registered.remove(schedule)).ifPresent(all -> all.forEach(meters::remove));
            figures.remove(schedule);
        }
        return Optional.ofNullable(figures.get(schedule))
                .map(figure::applyAsDouble)
                .orElse(Double.NaN);
    }

    private static Figures figures(ScheduleBackups backups) {
        var last = backups.lastGood().map(BackupStatusBuilder::progress);
        return new Figures(
                last.flatMap(one -> one.completedAt())
                        .map(end -> (double) end.getEpochSecond())
                        .orElse(Double.NaN),
                last.flatMap(one -> one.startedAt()
                                .flatMap(begin -> one.completedAt().map(end -> Duration.between(begin, end))))
                        .map(time -> (double) time.toSeconds())
                        .orElse(Double.NaN),
                backups.lastGood()
                        .map(Backup::getStatus)
                        .map(OnDemandBackupStatus::sizeBytes)
                        .map(Long::doubleValue)
                        .orElse(Double.NaN),
                backups.failedSinceGood());
    }
}
