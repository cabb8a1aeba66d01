package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the next step of a backup depends on.
 *
 * @param stem of its ids
 * @param deletedAt when the resource was deleted; empty while it is to stay
 * @param obstacle why an attempt may not begin now
 * @param nodes of the cluster, in the order in which they are asked
 * @param swept ids that were looked after in this turn
 */
public record BackupSituation(
        String stem,
        BackupProgress progress,
        Policy policy,
        Optional<Instant> deletedAt,
        Optional<Obstacle> obstacle,
        List<Node> nodes,
        RunReport run,
        StoreReport store,
        Set<String> swept,
        Instant now) {

    /** @param deletesData whether the data goes with the resource */
    public record Policy(Duration timeout, boolean suspended, boolean deletesData) {}

    /** @param stuck whether only a person can help */
    public record Obstacle(String reason, String message, boolean stuck) {}

    /** @param process tells a node from the same one after a restart */
    public record Node(String name, String process, boolean ready) {}

    /** Whether the process that was asked for the backup is still there. */
    boolean coordinated() {
        return nodes.stream().anyMatch(node -> node.process().equals(progress.coordinator()));
    }

    /** Whether no node can still be at work on a former attempt: it ended by itself, or its coordinator called it off. */
    boolean nobodyWrites() {
        return progress.phase() == BackupPhase.SUCCEEDED || progress.attempts() <= 1 && coordinated();
    }

    boolean overdue() {
        return progress.startedAt()
                .filter(begin -> begin.plus(policy.timeout()).isBefore(now))
                .isPresent();
    }

    BackupSituation with(RunReport answer) {
        return new BackupSituation(stem, progress, policy, deletedAt, obstacle, nodes, answer, store, swept, now);
    }

    BackupSituation with(StoreReport look) {
        return new BackupSituation(stem, progress, policy, deletedAt, obstacle, nodes, run, look, swept, now);
    }

    BackupSituation swept(String id, BackupProgress after) {
        var all = new HashSet<>(swept);
        all.add(id);
        return new BackupSituation(stem, after, policy, deletedAt, obstacle, nodes, run, store, all, now);
    }
}
