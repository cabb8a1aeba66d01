package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupLeftover;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.core.backup.RetentionPlanner.State;
import dev.heddle.core.backup.RetentionPlanner.Stored;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Times;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The Backups of one schedule. @param all at least its own; where others are among them, they are kept apart */
public record ScheduleBackups(ScheduledBackup schedule, List<Backup> all) {
    private static final Comparator<Backup> AGE = Comparator.comparing(ScheduleBackups::ended)
            .thenComparing(backup -> backup.getMetadata().getName());

    /** Made by this very resource, not by one of the same name that was there before. */
    public static boolean belongs(ScheduledBackup schedule, Backup backup) {
        var metadata = backup.getMetadata();
        return schedule.getMetadata()
                        .getName()
                        .equals(given(metadata.getLabels()).get(Labels.SCHEDULE))
                && schedule.getMetadata()
                        .getUid()
                        .equals(given(metadata.getAnnotations()).get(Labels.SCHEDULE_UID));
    }

    ScheduleBackups without(Backup gone) {
        return new ScheduleBackups(
                schedule, all.stream().filter(backup -> backup != gone).toList());
    }

    ScheduleBackups with(Backup made) {
        var others = all.stream().filter(backup -> !backup.getMetadata()
                .getName()
                .equals(made.getMetadata().getName()));
        return new ScheduleBackups(
                schedule, Stream.concat(others, Stream.of(made)).toList());
    }

    List<SchedulePlanner.Made> made() {
        return own().map(backup -> new SchedulePlanner.Made(backup.getMetadata().getName(), goesOn(backup)))
                .toList();
    }

    /** Those that go on, or wait to, of whatever cluster. */
    List<Backup> active() {
        return own().filter(ScheduleBackups::goesOn).sorted(AGE).toList();
    }

    /** Good ones of its cluster, the newest last. */
    List<Backup> good() {
        return over().filter(backup -> phase(backup) == BackupPhase.SUCCEEDED).toList();
    }

    public Optional<Backup> lastGood() {
        return good().reversed().stream().findFirst();
    }

    Optional<Backup> lastEnded() {
        return over().reduce((_, later) -> later);
    }

    /** Number of failed ones since the last good one. */
    public long failedSinceGood() {
        var since = lastGood().map(ScheduleBackups::ended).orElse(Instant.MIN);
        return over().filter(backup -> phase(backup) == BackupPhase.FAILED)
                .filter(backup -> ended(backup).isAfter(since))
                .count();
    }

    /**
     * Those that are to be deleted, oldest first. One that was begun to be deleted goes in any case, and counts for
     * nothing: its data may be gone in part.
     */
    List<Backup> unwanted(RetentionPolicy policy, Instant now) {
        var known = all.stream()
                .filter(this::ofCluster)
                .filter(backup -> !belongs(schedule, backup) || !pruned(backup))
                .map(this::stored)
                .toList();
        var delete = RetentionPlanner.plan(policy, known, now).delete();
        return own().filter(this::ofCluster)
                .filter(backup -> !backup.isMarkedForDeletion())
                .filter(backup -> pruned(backup) || delete.contains(id(backup)))
                .sorted(AGE)
                .toList();
    }

    /** When it was complete or given up; for one that goes on, when it was made. */
    static Instant ended(Backup backup) {
        return Optional.ofNullable(backup.getStatus())
                .map(OnDemandBackupStatus::completedAt)
                .map(Times::parse)
                .orElseGet(() -> Times.parse(backup.getMetadata().getCreationTimestamp()));
    }

    /** What may lie in the bucket because of it. */
    static List<String> ids(Backup backup) {
        var progress = BackupStatusBuilder.progress(backup);
        return Stream.concat(
                        progress.id().stream(), progress.leftovers().stream().map(BackupLeftover::id))
                .toList();
    }

    /** One whose resource is being deleted is nobody's last good backup any more. */
    private Stored stored(Backup backup) {
        var state =
                switch (phase(backup)) {
                    case SUCCEEDED -> backup.isMarkedForDeletion() ? State.RUNNING : State.GOOD;
                    case FAILED -> backup.isMarkedForDeletion() ? State.RUNNING : State.BAD;
                    default -> State.RUNNING;
                };
        return new Stored(id(backup), ended(backup), state, Optional.empty(), belongs(schedule, backup));
    }

    private Stream<Backup> own() {
        return all.stream().filter(backup -> belongs(schedule, backup));
    }

    /** Over, of its cluster, and to stay; the newest last. */
    private Stream<Backup> over() {
        return own().filter(this::ofCluster)
                .filter(backup -> BackupStatusBuilder.progress(backup).over())
                .filter(backup -> !pruned(backup) && !backup.isMarkedForDeletion())
                .sorted(AGE);
    }

    private boolean ofCluster(Backup backup) {
        return Objects.equals(
                backup.getSpec().clusterRef().name(),
                schedule.getSpec().clusterRef().name());
    }

    private static boolean goesOn(Backup backup) {
        return !BackupStatusBuilder.progress(backup).over();
    }

    static boolean pruned(Backup backup) {
        return given(backup.getMetadata().getAnnotations()).containsKey(Labels.PRUNED);
    }

    private static BackupPhase phase(Backup backup) {
        return BackupStatusBuilder.progress(backup).phase();
    }

    private static String id(Backup backup) {
        return Optional.ofNullable(backup.getStatus())
                .map(OnDemandBackupStatus::id)
                .orElseGet(() -> backup.getMetadata().getName());
    }

    private static Map<String, String> given(Map<String, String> some) {
        return Objects.requireNonNullElse(some, Map.of());
    }
}
