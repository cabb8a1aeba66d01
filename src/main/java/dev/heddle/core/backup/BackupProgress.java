package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupLeftover;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.core.common.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a backup is: what has to outlive the operator.
 *
 * @param id of the attempt that goes on, or of the data that lies in the bucket; empty for none
 * @param node that was asked; the last one between two attempts
 * @param coordinator its process
 * @param attempts how often one was begun
 * @param startedAt of the first attempt
 * @param completedAt when it ended
 * @param result of one that was proven
 */
public record BackupProgress(
        BackupPhase phase,
        Optional<String> id,
        String node,
        String coordinator,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<Result> result,
        List<BackupLeftover> leftovers) {

    /** So long nothing may have been written under an id of an attempt that failed: its nodes may not know that. */
    private static final Duration QUIET = Duration.ofMinutes(2);
    /** The same where somebody waits for the resource to go. */
    private static final Duration QUIET_IN_A_HURRY = Duration.ofSeconds(10);

    /** What was proven. */
    public record Result(long bytes, int collections, String serverVersion) {}

    public static BackupProgress fresh() {
        return new BackupProgress(
                BackupPhase.PENDING,
                Optional.empty(),
                "",
                "",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Whether Weaviate may be at work on it, or about to be. */
    public boolean underWay() {
        return phase == BackupPhase.RUNNING || phase == BackupPhase.PENDING && id.isPresent();
    }

    public boolean over() {
        return phase == BackupPhase.SUCCEEDED || phase == BackupPhase.FAILED;
    }

    BackupProgress begun(String attempt, BackupSituation.Node by, Instant now) {
        return new BackupProgress(
                BackupPhase.PENDING,
                Optional.of(attempt),
                by.name(),
                by.process(),
                attempts + 1,
                startedAt.or(() -> Optional.of(now.truncatedTo(ChronoUnit.SECONDS))),
                Optional.empty(),
                Optional.empty(),
                leftovers);
    }

    BackupProgress accepted() {
        return in(BackupPhase.RUNNING, completedAt);
    }

    BackupProgress written(Instant now) {
        return in(BackupPhase.VERIFYING, Optional.of(now.truncatedTo(ChronoUnit.SECONDS)));
    }

    BackupProgress proven(BackupProof proof) {
        var done = in(BackupPhase.SUCCEEDED, completedAt);
        var outcome = new Result(proof.bytes(), proof.collections().size(), proof.serverVersion());
        return new BackupProgress(
                done.phase, id, node, coordinator, attempts, startedAt, completedAt, Optional.of(outcome), leftovers);
    }

    /** @param cleanUp whether what lies there is worth nothing */
    BackupProgress failed(boolean cleanUp, Instant now) {
        var ended = in(BackupPhase.FAILED, completedAt.or(() -> Optional.of(now.truncatedTo(ChronoUnit.SECONDS))));
        return cleanUp ? ended.discarded(now) : ended;
    }

    BackupProgress retried(Instant now) {
        return in(BackupPhase.PENDING, Optional.empty()).discarded(now);
    }

    /** What lies under its id is to be removed. */
    BackupProgress discarded(Instant now) {
        var all = new ArrayList<>(leftovers);
        id.ifPresent(one -> all.add(new BackupLeftover(one, since(now))));
        return new BackupProgress(
                phase, Optional.empty(), node, coordinator, attempts, startedAt, completedAt, result, List.copyOf(all));
    }

    /** @param found whether something lay there, which was removed */
    BackupProgress swept(String attempt, boolean found, boolean hurry, Instant now) {
        var quiet = hurry ? QUIET_IN_A_HURRY : QUIET;
        var left = leftovers.stream()
                .map(one -> one.id().equals(attempt) && found ? new BackupLeftover(attempt, since(now)) : one)
                .filter(one -> !one.id().equals(attempt)
                        || found
                        || Times.parse(one.since()).plus(quiet).isAfter(now))
                .toList();
        return new BackupProgress(phase, id, node, coordinator, attempts, startedAt, completedAt, result, left);
    }

    private BackupProgress in(BackupPhase other, Optional<Instant> end) {
        return new BackupProgress(other, id, node, coordinator, attempts, startedAt, end, result, leftovers);
    }

    private static String since(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
