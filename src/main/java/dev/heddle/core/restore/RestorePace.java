package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupStep.Mood;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again: nobody tells of news. */
public final class RestorePace {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration POLL = Duration.ofSeconds(2);
    /** Clusters and backups that are waited for. */
    private static final Duration SOON = Duration.ofSeconds(10);
    /** What people have to mend. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private RestorePace() {}

    /** Empty where it is over. */
    public static Optional<Duration> after(RestoreTurn turn, Instant now) {
        return switch (turn.step()) {
            case RestoreStep.Rest _ -> Optional.empty();
            case RestoreStep.Finish _ -> Optional.empty();
            case RestoreStep.Fail _ -> Optional.empty();
            case RestoreStep.Release _ -> Optional.empty();
            case RestoreStep.Wait wait -> Optional.of(patience(wait.mood(), turn.progress(), now));
            default -> Optional.of(AT_ONCE);
        };
    }

    private static Duration patience(Mood mood, RestoreProgress progress, Instant now) {
        return switch (mood) {
            case WORKING -> POLL;
            case WAITING -> SOON;
            case STUCK -> LONG;
            case UNSURE -> progress.underWay() ? SOON : backOff(progress, now);
        };
    }

    private static Duration backOff(RestoreProgress progress, Instant now) {
        var half = Duration.between(progress.completedAt().orElse(now), now).dividedBy(2);
        var patient = half.compareTo(LONGEST) > 0 ? LONGEST : half;
        return patient.compareTo(POLL) < 0 ? POLL : patient;
    }
}
