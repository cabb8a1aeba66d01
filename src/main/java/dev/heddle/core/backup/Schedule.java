package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupConcurrency;
import dev.heddle.api.cloud.v1alpha1.RetentionSpec;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackupSpec;
import dev.heddle.core.common.Digest;
import dev.heddle.core.common.Durations;
import dev.heddle.core.common.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The part of a ScheduledBackup's spec that is about time, understood.
 *
 * @param name of the resource
 * @param uid of the resource; spreads the jitter of equal schedules
 * @param jitter zero for none
 */
public record Schedule(
        String name,
        String uid,
        CronSchedule times,
        Duration jitter,
        Optional<Duration> startingDeadline,
        BackupConcurrency concurrency,
        boolean suspended,
        RetentionPolicy retention) {

    /**
     * @param schedule empty when something is wrong
     * @param findings each names its field; empty when all is well
     */
    public record Reading(Optional<Schedule> schedule, List<Finding> findings) {}

    public static Reading read(ScheduledBackup resource) {
        return new Reader().read(resource);
    }

    /**
     * When a run begins: its due time and the jitter, which is the same whoever asks, below what is allowed, and below half
     * of the time to the next run.
     */
    public Instant begins(Instant run) {
        var room = times.next(run)
                .map(next -> Duration.between(run, next).dividedBy(2))
                .filter(half -> half.compareTo(jitter) < 0)
                .orElse(jitter)
                .toSeconds();
        return room == 0 ? run : run.plusSeconds(Math.floorMod(Digest.number(uid + "/" + run), room));
    }

    /** Last moment at which a run may begin. */
    Optional<Instant> deadline(Instant run) {
        return startingDeadline.map(begins(run)::plus);
    }

    /** Goes on after the first mistake, so that a user hears of all of them at once. */
    private static final class Reader {
        private final List<Finding> findings = new ArrayList<>();

        Reading read(ScheduledBackup resource) {
            var spec = resource.getSpec();
            var zone = tried(() -> CronSchedule.zone("spec.timeZone", spec.timeZone()));
            // Cron is read in any case; the zone has no part in whether it is right.
            var readable = zone.orElse(ZoneOffset.UTC);
            var times = tried(() -> CronSchedule.of("spec.schedule", spec.schedule(), readable));
            var jitter = duration("spec.jitter", spec.jitter());
            var deadline = duration("spec.startingDeadline", spec.startingDeadline());
            duration("spec.timeout", spec.timeout());
            var retention = retention(spec.retention(), readable);
            if (!findings.isEmpty()) {
                return new Reading(Optional.empty(), List.copyOf(findings));
            }
            return new Reading(
                    Optional.of(new Schedule(
                            resource.getMetadata().getName(),
                            resource.getMetadata().getUid(),
                            times.orElseThrow(),
                            jitter.orElse(Duration.ZERO),
                            deadline,
                            concurrency(spec),
                            Boolean.TRUE.equals(spec.suspend()),
                            retention)),
                    List.of());
        }

        private static BackupConcurrency concurrency(ScheduledBackupSpec spec) {
            return Optional.ofNullable(spec.concurrency()).orElse(BackupConcurrency.FORBID);
        }

        private RetentionPolicy retention(RetentionSpec spec, ZoneId zone) {
            var given = Optional.ofNullable(spec);
            return new RetentionPolicy(
                    given.map(RetentionSpec::keepLast),
                    given.map(RetentionSpec::keepDaily),
                    given.map(RetentionSpec::keepWeekly),
                    duration(
                            "spec.retention.maxAge",
                            given.map(RetentionSpec::maxAge).orElse(null)),
                    zone);
        }

        private Optional<Duration> duration(String field, String text) {
            var duration = Durations.parse(text);
            if (text != null && duration.isEmpty()) {
                wrong("%s: \"%s\" is not days, hours, minutes and seconds above zero, such as 1d or 2h30m."
                        .formatted(field, text));
            }
            return duration;
        }

        private <T> Optional<T> tried(Supplier<T> reading) {
            try {
                return Optional.of(reading.get());
            } catch (IllegalArgumentException sentence) {
                wrong(sentence.getMessage());
                return Optional.empty();
            }
        }

        private void wrong(String sentence) {
            findings.add(new Finding(Finding.Topic.SPEC, "InvalidSchedule", sentence));
        }
    }
}
