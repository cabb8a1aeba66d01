package dev.heddle.core.upgrade;

import dev.heddle.api.weaviate.v1.UpgradeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the next step of an upgrade depends on, as it is now.
 *
 * @param running version that runs on all nodes, or ran before the step that goes on
 * @param wanted version that the spec asks for
 * @param releases versions that the catalog knows
 * @param notes what was written down of the step that goes on, or that failed
 * @param rollout the pods, measured against the version that {@code notes} stands for
 * @param applied whether the StatefulSet has that version, and its controller knows
 * @param busy other long work that goes on
 * @param leader on which side of the step Raft's leader is
 * @param hopeless why a pod that has the version will not come up, where that is plain to see
 * @param backup what there is to know of the backup before the step
 */
public record Upgrade(
        String running,
        String wanted,
        List<String> releases,
        Optional<UpgradeStatus> notes,
        Policy policy,
        Rollout rollout,
        boolean applied,
        Optional<String> busy,
        Leader leader,
        Optional<String> hopeless,
        BackupState backup) {

    /**
     * What the spec says of upgrades.
     *
     * @param timeout how long a pod may take until it serves
     * @param rollback whether a step that failed is taken back by itself
     */
    public record Policy(Duration timeout, boolean rollback, boolean backupFirst) {}

    /** Who leads Raft, as far as anybody can be asked. */
    public enum Leader {
        FORMER_VERSION,
        NEW_VERSION,
        UNKNOWN
    }

    /** The backup before a step. */
    public sealed interface BackupState {

        /** None is asked for, or there is nothing to know yet. */
        record None() implements BackupState {}

        /** There cannot be one. */
        record Impossible(String why) implements BackupState {}

        record Going() implements BackupState {}

        record Done() implements BackupState {}

        record Failed(String why) implements BackupState {}
    }

    boolean dark() {
        return rollout.pods().stream().noneMatch(Rollout.Member::ready);
    }

    /** Every pod is there and serves, and all gates hold. */
    boolean serving() {
        return unready().isEmpty();
    }

    /** Why it is not {@link #serving()}. */
    Optional<String> unready() {
        if (rollout.pods().size() < rollout.size()) {
            return Optional.of(
                    "%d pods are there, %d are to be".formatted(rollout.pods().size(), rollout.size()));
        }
        return rollout.pods().stream()
                .filter(pod -> !pod.ready())
                .findFirst()
                .map(pod -> pod.name() + " is not ready")
                .or(rollout::unsettled);
    }

    /** A step has to make progress in time; each pod that comes up is progress, but not for ever. */
    Instant deadline(Instant since) {
        var last = rollout.pods().stream()
                // Also of a pod that another change of the configuration has made outdated since.
                .filter(pod -> !pod.outdated() || pod.stepped())
                .flatMap(pod -> pod.readySince().stream())
                .reduce(since, (one, other) -> one.isAfter(other) ? one : other);
        var soon = last.plus(policy.timeout());
        var end = since.plus(policy.timeout().multipliedBy(Math.max(1, rollout.size())));
        return soon.isBefore(end) ? soon : end;
    }
}
