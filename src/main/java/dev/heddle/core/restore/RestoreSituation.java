package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the next step of a restore depends on.
 *
 * @param deletedAt when the resource was deleted; empty while it is to stay
 * @param obstacle why an attempt may not begin now
 * @param nodes of the cluster, in the order in which they are asked
 */
public record RestoreSituation(
        RestoreProgress progress,
        Policy policy,
        Optional<Instant> deletedAt,
        Optional<Obstacle> obstacle,
        List<Node> nodes,
        Answers answers,
        Instant now) {

    /** @param cancels whether this version of Weaviate can be told to end a restore */
    public record Policy(Duration timeout, boolean suspended, boolean cancels) {}

    /** What was asked in this turn. @param canceled whether Weaviate was told to end it */
    public record Answers(FitReport fit, RunReport run, PresenceReport presence, ProofReport proof, boolean canceled) {
        public static Answers none() {
            return new Answers(
                    new FitReport.NotAsked(),
                    new RunReport.NotAsked(),
                    new PresenceReport.NotAsked(),
                    new ProofReport.NotAsked(),
                    false);
        }

        Answers with(FitReport answer) {
            return new Answers(answer, run, presence, proof, canceled);
        }

        Answers with(RunReport answer) {
            return new Answers(fit, answer, presence, proof, canceled);
        }

        Answers with(PresenceReport answer) {
            return new Answers(fit, run, answer, proof, canceled);
        }

        Answers with(ProofReport answer) {
            return new Answers(fit, run, presence, answer, canceled);
        }

        Answers asCanceled() {
            return new Answers(fit, run, presence, proof, true);
        }
    }

    /** Whether the process that was asked for the restore is still there. */
    boolean coordinated() {
        return nodes.stream().anyMatch(node -> node.process().equals(progress.coordinator()));
    }

    boolean overdue() {
        return progress.startedAt()
                .filter(begin -> begin.plus(policy.timeout()).isBefore(now))
                .isPresent();
    }

    RestoreSituation with(Answers other) {
        return new RestoreSituation(progress, policy, deletedAt, obstacle, nodes, other, now);
    }
}
