package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup or a restore in the queue of its cluster, in which one goes on at a time.
 *
 * @param created text that sorts by time
 * @param running whether Weaviate is at work on it, as far as the operator knows
 * @param underWay whether it is written down as begun
 * @param queues whether it begins as soon as it may
 * @param stalled whether it waits for a person
 */
public record Claim(
        String kind,
        String name,
        String cluster,
        String created,
        boolean running,
        boolean underWay,
        boolean queues,
        boolean stalled) {
    /** What a restore says that waits for its backup: the backup may be behind it in the queue. */
    public static final String BACKUP_NOT_READY = "BackupNotReady";

    private static final Comparator<Claim> ORDER =
            Comparator.comparing(Claim::created).thenComparing(Claim::kind).thenComparing(Claim::name);

    public static Claim of(Backup backup) {
        var progress = BackupStatusBuilder.progress(backup);
        var conditions = Optional.ofNullable(backup.getStatus()).map(OnDemandBackupStatus::conditions);
        boolean waits = !progress.over() && !BackupDefaults.suspended(backup.getSpec());
        return of(
                backup,
                backup.getSpec().clusterRef().name(),
                BackupGate.running(backup),
                progress.underWay(),
                waits,
                conditions.orElse(List.of()));
    }

    public static Claim of(Restore restore) {
        var status = Optional.ofNullable(restore.getStatus());
        var phase = status.map(RestoreStatus::phase).orElse(RestorePhase.PENDING);
        var conditions = status.map(RestoreStatus::conditions).orElse(List.of());
        boolean needsBackup = Conditions.find(Objects.requireNonNullElse(conditions, List.of()), "Ready")
                .filter(ready -> BACKUP_NOT_READY.equals(ready.getReason()))
                .isPresent();
        boolean waits = (phase == RestorePhase.PENDING || phase == RestorePhase.RESTORING)
                && !Boolean.TRUE.equals(restore.getSpec().suspend())
                && !needsBackup;
        return of(
                restore,
                restore.getSpec().clusterRef().name(),
                phase == RestorePhase.RESTORING,
                phase == RestorePhase.RESTORING
                        || phase == RestorePhase.PENDING
                                && status.map(RestoreStatus::coordinator).isPresent(),
                waits,
                conditions);
    }

    private static Claim of(
            HasMetadata object,
            String cluster,
            boolean running,
            boolean underWay,
            boolean waits,
            List<Condition> conditions) {
        boolean stalled = Conditions.find(Objects.requireNonNullElse(conditions, List.of()), "Stalled")
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
        return new Claim(
                object.getKind(),
                object.getMetadata().getName(),
                cluster,
                Objects.requireNonNullElse(object.getMetadata().getCreationTimestamp(), ""),
                running,
                underWay,
                waits && !stalled && !object.isMarkedForDeletion(),
                stalled);
    }

    /** Who goes first: the oldest, and one that waits for a person lets others pass. Empty where it is this one's turn. */
    public Optional<Obstacle> turn(Collection<Backup> backups, Collection<Restore> restores) {
        return Stream.concat(backups.stream().map(Claim::of), restores.stream().map(Claim::of))
                .filter(other -> !(other.kind.equals(kind) && other.name.equals(name)))
                .filter(other -> other.cluster.equals(cluster))
                .filter(other -> other.before(this))
                .min(ORDER)
                .map(other -> new Obstacle(
                        "Restore".equals(other.kind) ? "WaitingForRestore" : "WaitingForBackup",
                        "%s %s of the same cluster goes first.".formatted(other.kind, other.name),
                        false));
    }

    public boolean isOlderThan(Claim other) {
        return ORDER.compare(this, other) < 0;
    }

    /** Of two that are written down as begun, which only a stale cache can bring about, one goes on. */
    private boolean before(Claim one) {
        boolean older = isOlderThan(one);
        boolean begun = underWay && !stalled;
        return running || (one.underWay ? begun && older : begun || queues && older);
    }
}
