package dev.heddle.core.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again, where nobody tells of news. */
public final class BackupPace {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration POLL = Duration.ofSeconds(3);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    /** Changes of the cluster, of Secrets and of other backups are told; those of a bucket are not. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private BackupPace() {}

    /** Empty where it is over. */
    public static Optional<Duration> after(BackupTurn turn, Instant now) {
        return switch (turn.step()) {
            case BackupStep.Rest _ -> sweep(turn);
            case BackupStep.Finish _ -> sweep(turn);
            case BackupStep.Fail _ -> sweep(turn);
            case BackupStep.Release _ -> Optional.empty();
            case BackupStep.Wait wait -> Optional.of(patience(wait, turn.progress(), now));
            default -> Optional.of(AT_ONCE);
        };
    }

    private static Optional<Duration> sweep(BackupTurn turn) {
        return turn.progress().leftovers().isEmpty() ? Optional.empty() : Optional.of(SWEEP);
    }

    private static Duration patience(BackupStep.Wait wait, BackupProgress progress, Instant now) {
        return switch (wait.mood()) {
            case WORKING -> POLL;
            case WAITING -> progress.underWay() ? SWEEP : LONG;
            case STUCK -> LONG;
            case UNSURE -> progress.underWay() ? SWEEP : backOff(progress, now);
        };
    }

    private static Duration backOff(BackupProgress progress, Instant now) {
        var half = Duration.between(progress.completedAt().orElse(now), now).dividedBy(2);
        var patient = half.compareTo(LONGEST) > 0 ? LONGEST : half;
        return patient.compareTo(POLL) < 0 ? POLL : patient;
    }
}
