package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackupStatus;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.ScheduleReport.Activity;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Times;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One turn about a schedule: at most one run begins, or some backups that are kept no longer go.
 *
 * @param status has to be written down; where it is not, the next turn comes to the same
 * @param news beyond what the status tells
 * @param again when to look again, where nobody tells of news
 */
public record ScheduleTurn(
        ScheduledBackupStatus status, List<Announcement> news, Duration again, ScheduleBackups backups) {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    /** A clock that is set costs this much. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    private static final int PRUNED_AT_ONCE = 5;

    /** Those who act. What throws ends the turn, which is then as if it had not been, but for what was done. */
    public interface World {
        /** All Backups of the namespace, as they are now: no cache. */
        List<Backup> backups();

        /** @return what is there under its name, now or already */
        Backup make(Backup backup);

        /** Deletes it; its finalizer ends what runs, and tidies up. */
        void cancel(Backup backup);

        /** Writes down that its data goes. */
        void mark(Backup backup);

        /** Removes what lies there, also half of it. @return why not */
        Optional<StoreReport.Trouble> erase(Backup backup, String id);

        /** Deletes the resource, whose data is gone. */
        void remove(Backup backup);

        void tell(Announcement news);
    }

    public static ScheduleTurn take(ScheduleSituation seen, World world) {
        var reading = Schedule.read(seen.schedule());
        var wrong = reading.findings().stream().map(Finding::message).collect(Collectors.joining(" "));
        var obstacle = reading.schedule().isEmpty()
                ? Optional.of(new Obstacle("InvalidSchedule", wrong, true))
                : ScheduleGate.of(seen.schedule(), seen.cluster());
        var taking = new Taking(seen, world);
        return obstacle.isPresent()
                ? taking.end(obstacle, Optional.empty())
                : taking.run(reading.schedule().orElseThrow());
    }

    private static final class Taking {
        private final ScheduledBackup resource;
        private final World world;
        private final Instant now;
        private final List<Announcement> news = new ArrayList<>();
        private ScheduleBackups backups;
        private Optional<Instant> scheduled;
        private Optional<Instant> missed;
        private Optional<String> handled;
        private Optional<Obstacle> taken;
        private Optional<Activity> activity = Optional.empty();
        private Duration again = LONGEST;

        Taking(ScheduleSituation seen, World world) {
            this.resource = seen.schedule();
            this.world = world;
            this.now = seen.now();
            this.backups = new ScheduleBackups(resource, seen.backups());
            var status = Optional.ofNullable(resource.getStatus());
            this.scheduled = status.map(ScheduledBackupStatus::lastScheduled).map(Times::parse);
            this.missed = status.map(ScheduledBackupStatus::lastMissed).map(Times::parse);
            this.handled = status.map(ScheduledBackupStatus::runNow);
            this.taken = condition("Stalled")
                    .filter(was -> "NameTaken".equals(was.getReason()))
                    .map(was -> new Obstacle(was.getReason(), was.getMessage(), true));
        }

        ScheduleTurn run(Schedule schedule) {
            var decision = SchedulePlanner.decide(schedule, question());
            if (decision instanceof ScheduleDecision.Run || decision instanceof ScheduleDecision.Replace) {
                lookAgain();
                decision = SchedulePlanner.decide(schedule, question());
            }
            switch (decision) {
                case ScheduleDecision.Run run -> begin(schedule, run);
                case ScheduleDecision.Replace replace -> replace(replace);
                case ScheduleDecision.Missed late -> {
                    miss(late.latest(), "%s could not begin within spec.startingDeadline.".formatted(runs(late)));
                    again = AT_ONCE;
                }
                case ScheduleDecision.Skip skip -> {
                    activity = Optional.of(new Activity("WaitingForBackup", skip.reason()));
                    skip.until().ifPresent(this::notAfter);
                    prune(schedule);
                }
                case ScheduleDecision.Wait wait -> {
                    notAfter(wait.until());
                    prune(schedule);
                }
                case ScheduleDecision.Suspended _ -> {}
            }
            handled = SchedulePlanner.handled(schedule, question());
            return end(Optional.empty(), SchedulePlanner.nextRun(schedule, question()));
        }

        ScheduleTurn end(Optional<Obstacle> obstacle, Optional<Instant> next) {
            var report = new ScheduleReport(obstacle, taken, activity, scheduled, missed, handled, next);
            var status = ScheduledBackupStatusBuilder.of(backups, report, now);
            return new ScheduleTurn(status, List.copyOf(news), again, backups);
        }

        private SchedulePlanner.Question question() {
            return new SchedulePlanner.Question(
                    Times.parse(resource.getMetadata().getCreationTimestamp()),
                    scheduled,
                    annotation(),
                    handled,
                    backups.made(),
                    now);
        }

        /** Caches are behind: what was made a moment ago may not be in them. */
        private void lookAgain() {
            backups = new ScheduleBackups(resource, world.backups());
        }

        private void begin(Schedule schedule, ScheduleDecision.Run run) {
            again = SOON;
            var made = world.make(ScheduledRun.of(resource, run.name()));
            if (!ScheduleBackups.belongs(resource, made)) {
                var words = "There is a Backup %s that this schedule did not make; it is not touched."
                        .formatted(run.name());
                taken = Optional.of(new Obstacle("NameTaken", words, true));
                handled = run.scheduledFor().isEmpty() ? annotation() : handled;
                run.scheduledFor()
                        .ifPresentOrElse(
                                due -> miss(due, words), () -> news.add(new Announcement(true, "RunMissed", words)));
                return;
            }
            taken = Optional.empty();
            backups = backups.with(made);
            if (run.missed() > 0) {
                run.scheduledFor()
                        .flatMap(due -> schedule.times().latest(due.minusNanos(1)))
                        .ifPresent(before -> miss(
                                before,
                                "%s did not begin; %s makes up for it."
                                        .formatted(
                                                runs(new ScheduleDecision.Missed(run.missed(), before)), run.name())));
            }
            scheduled = run.scheduledFor().or(() -> scheduled);
        }

        private void miss(Instant run, String words) {
            scheduled = Optional.of(run);
            missed = Optional.of(run);
            news.add(new Announcement(true, "RunMissed", words));
        }

        private static String runs(ScheduleDecision.Missed late) {
            return late.count() == 1
                    ? "The run of " + late.latest()
                    : "%s%d runs, the last of %s,"
                            .formatted(
                                    late.count() == SchedulePlanner.COUNTED ? "At least " : "",
                                    late.count(),
                                    late.latest());
        }

        private void replace(ScheduleDecision.Replace replace) {
            var names = String.join(", ", replace.active());
            again = SOON;
            // What Weaviate has written is as good as there.
            if (backups.active().stream()
                    .anyMatch(backup -> BackupStatusBuilder.progress(backup).phase() == BackupPhase.VERIFYING)) {
                activity = Optional.of(new Activity(
                        "WaitingForBackup", "%s is looked at; the next run begins after that.".formatted(names)));
                return;
            }
            var going = backups.active().stream()
                    .filter(backup -> !backup.isMarkedForDeletion())
                    .toList();
            going.forEach(world::cancel);
            if (!going.isEmpty()) {
                news.add(new Announcement(
                        true,
                        "RunReplaced",
                        "%s is cancelled: the run of %s is due (spec.concurrency)."
                                .formatted(names, replace.scheduledFor())));
            }
            activity = Optional.of(new Activity(
                    "ReplacingBackup", "%s is cancelled; the next run begins when it has ended.".formatted(names)));
        }

        private void prune(Schedule schedule) {
            if (backups.unwanted(schedule.retention(), now).isEmpty()) {
                return;
            }
            lookAgain();
            var unwanted = backups.unwanted(schedule.retention(), now);
            int gone = 0;
            for (var backup : unwanted) {
                var trouble = prune(backup);
                if (trouble.isPresent()) {
                    activity = activity.or(() -> Optional.of(cannotGo(backup, trouble.get())));
                    notAfter(now.plus(backOff()));
                } else {
                    backups = backups.without(backup);
                    gone++;
                }
                // A bucket that is away is away for the others too; wrong keys may be those of one backup.
                if (gone == PRUNED_AT_ONCE
                        || trouble.filter(one -> !one.person()).isPresent()) {
                    break;
                }
            }
            if (gone == PRUNED_AT_ONCE && unwanted.size() > gone) {
                activity = activity.or(() -> Optional.of(new Activity(
                        "Pruning",
                        "%d backups that are kept no longer go.".formatted(unwanted.size() - PRUNED_AT_ONCE))));
                again = AT_ONCE;
            }
        }

        private static Activity cannotGo(Backup backup, StoreReport.Trouble trouble) {
            return new Activity(
                    trouble.reason(),
                    "Backup %s cannot be deleted yet: %s"
                            .formatted(backup.getMetadata().getName(), trouble.message()));
        }

        /** The data first: without the resource nobody would know of it. */
        private Optional<StoreReport.Trouble> prune(Backup backup) {
            if (!ScheduleBackups.pruned(backup)) {
                world.mark(backup);
            }
            for (var id : ScheduleBackups.ids(backup)) {
                var trouble = world.erase(backup, id);
                if (trouble.isPresent()) {
                    return trouble;
                }
            }
            world.remove(backup);
            world.tell(new Announcement(
                    false,
                    "BackupPruned",
                    "%s of %s is deleted: spec.retention keeps it no longer."
                            .formatted(backup.getMetadata().getName(), ScheduleBackups.ended(backup))));
            return Optional.empty();
        }

        /** Half of the time since which there is something to do. */
        private Duration backOff() {
            var since = condition("Reconciling")
                    .filter(was -> "True".equals(was.getStatus()))
                    .map(Condition::getLastTransitionTime)
                    .map(Times::parse)
                    .orElse(now);
            var half = Duration.between(since, now).dividedBy(2);
            var patient = half.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : half;
            return patient.compareTo(SOON) < 0 ? SOON : patient;
        }

        private void notAfter(Instant moment) {
            var wait = Duration.between(now, moment).plus(AT_ONCE);
            again = wait.compareTo(again) < 0 ? wait : again;
        }

        private Optional<String> annotation() {
            return Optional.ofNullable(resource.getMetadata().getAnnotations())
                    .map(annotations -> annotations.get(Labels.RUN_NOW));
        }

        private Optional<Condition> condition(String type) {
            return Optional.ofNullable(resource.getStatus())
                    .map(ScheduledBackupStatus::conditions)
                    .flatMap(all -> Conditions.find(Objects.requireNonNullElse(all, List.of()), type));
        }
    }
}
