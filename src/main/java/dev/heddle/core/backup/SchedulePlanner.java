package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupConcurrency;
import dev.heddle.core.backup.ScheduleDecision.Missed;
import dev.heddle.core.backup.ScheduleDecision.Replace;
import dev.heddle.core.backup.ScheduleDecision.Run;
import dev.heddle.core.backup.ScheduleDecision.Skip;
import dev.heddle.core.backup.ScheduleDecision.Suspended;
import dev.heddle.core.backup.ScheduleDecision.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which run a schedule asks for now. What has run is known by the Backups that are there and by the status, whichever knows
 * more, so that a status that is lost or old neither doubles nor loses a run. After a time in which nobody looked only the
 * latest due run is made up for.
 */
public final class SchedulePlanner {
    /** Missed runs are counted up to this. */
    public static final int COUNTED = 100;

    private final Schedule schedule;
    private final Question asked;
    /** The last run that is settled. */
    private final Instant known;

    /**
     * @param created when the schedule was; nothing is due before
     * @param lastScheduled the status's
     * @param runNow value of the annotation; empty when there is none
     * @param handled value of the annotation that the status says was acted on
     * @param backups all Backups of this schedule, and no others
     */
    public record Question(
            Instant created,
            Optional<Instant> lastScheduled,
            Optional<String> runNow,
            Optional<String> handled,
            List<Made> backups,
            Instant now) {}

    /** A Backup of the schedule. @param active whether it goes on, or waits to */
    public record Made(String name, boolean active) {}

    private SchedulePlanner(Schedule schedule, Question asked) {
        this.schedule = schedule;
        this.asked = asked;
        this.known = known();
    }

    public static ScheduleDecision decide(Schedule schedule, Question asked) {
        return new SchedulePlanner(schedule, asked).decide();
    }

    /**
     * The value of the annotation that a status is to say was acted on, after the Backup that was decided on has been made.
     */
    public static Optional<String> handled(Schedule schedule, Question asked) {
        return asked.runNow()
                .filter(value -> there(asked.backups(), BackupNames.asked(schedule.name(), value)))
                .or(asked::handled);
    }

    /** When the next run begins, for people; a due run that waits begins as soon as it can. */
    public static Optional<Instant> nextRun(Schedule schedule, Question asked) {
        return switch (decide(schedule, asked)) {
            case Suspended() -> Optional.empty();
            case Wait(var until) -> Optional.of(until);
            default -> schedule.times().next(asked.now()).map(schedule::begins);
        };
    }

    private ScheduleDecision decide() {
        if (schedule.suspended()) {
            return new Suspended();
        }
        var wanted = asked.runNow()
                .filter(value -> !value.isBlank())
                .filter(value -> !asked.handled().equals(Optional.of(value)))
                .map(value -> BackupNames.asked(schedule.name(), value))
                .filter(name -> !there(asked.backups(), name));
        if (wanted.isPresent()) {
            return active().isEmpty() ? new Run(wanted.get(), Optional.empty(), 0) : waits(Optional.empty());
        }
        var run = latestDue().filter(latest -> latest.isAfter(known));
        return run.isPresent() ? due(run.get()) : idle();
    }

    private ScheduleDecision due(Instant run) {
        int earlier = earlier(run);
        var deadline = schedule.deadline(run);
        if (deadline.filter(asked.now()::isAfter).isPresent()) {
            return new Missed(Math.min(COUNTED, earlier + 1), run);
        }
        if (active().isEmpty()) {
            return new Run(BackupNames.scheduled(schedule.name(), run), Optional.of(run), earlier);
        }
        return schedule.concurrency() == BackupConcurrency.REPLACE ? new Replace(active(), run) : waits(deadline);
    }

    private Skip waits(Optional<Instant> until) {
        return new Skip(
                "%s goes on; the next run begins when it has ended.".formatted(String.join(", ", active())), until);
    }

    private Wait idle() {
        // The library looks only some years ahead.
        return new Wait(next().orElse(asked.now().plus(Duration.ofDays(1))));
    }

    /** Beginning of the first run that has not begun: the latest by the clock may be waiting for its jitter. */
    private Optional<Instant> next() {
        return schedule.times()
                .latest(asked.now())
                .filter(run -> run.isAfter(known))
                .or(() -> schedule.times().next(asked.now()))
                .map(schedule::begins);
    }

    /** The latest run whose jitter is over. The one before the latest has always begun: jitter is less than half a turn. */
    private Optional<Instant> latestDue() {
        var latest = schedule.times().latest(asked.now());
        return latest.filter(run -> schedule.begins(run).isAfter(asked.now())).isPresent()
                ? schedule.times().latest(latest.get().minusNanos(1))
                : latest;
    }

    /**
     * A former leader's clock may have been ahead by a little. What lies beyond the next run was written by a clock that
     * was wrong, and counts for nothing.
     */
    private Instant known() {
        var believed = schedule.times().next(asked.now()).orElse(asked.now());
        return Stream.concat(
                        asked.lastScheduled().stream(),
                        asked.backups().stream()
                                .flatMap(made -> BackupNames.run(schedule.name(), made.name()).stream()))
                .filter(run -> !run.isAfter(believed))
                .max(Comparator.naturalOrder())
                .filter(asked.created()::isBefore)
                .orElse(asked.created());
    }

    /** Number of unsettled runs before this one. */
    private int earlier(Instant run) {
        int count = 0;
        var before = schedule.times().latest(run.minusNanos(1));
        while (count < COUNTED && before.filter(known::isBefore).isPresent()) {
            count++;
            before = schedule.times().latest(before.get().minusNanos(1));
        }
        return count;
    }

    private List<String> active() {
        return asked.backups().stream()
                .filter(Made::active)
                .map(Made::name)
                .sorted()
                .toList();
    }

    private static boolean there(List<Made> backups, String name) {
        return backups.stream().anyMatch(made -> made.name().equals(name));
    }
}
