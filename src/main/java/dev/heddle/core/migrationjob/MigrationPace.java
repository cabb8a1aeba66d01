package dev.heddle.core.migrationjob;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look again, where nothing tells that something has changed. */
public final class MigrationPace {
    /** Pods are not watched, and whether one cannot start is worth knowing soon. */
    private static final Duration GOING = Duration.ofSeconds(10);

    private static final Duration WAITING = Duration.ofMinutes(1);
    /** Timers are not exact, and a start time in a year is looked at now and then. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private MigrationPace() {}

    /** Empty for never. */
    public static Optional<Duration> after(MigrationStep step, Instant now) {
        return switch (step) {
            case MigrationStep.Wait wait ->
                wait.until()
                        .map(then -> shorter(Duration.between(now, then).plusMillis(1), LONGEST))
                        .or(() -> "Suspended".equals(wait.reason()) ? Optional.empty() : Optional.of(WAITING));
            case MigrationStep.Go go -> Optional.of(go.stuck() ? WAITING : GOING);
            case MigrationStep.Begin _, MigrationStep.Launch _, MigrationStep.Stop _ -> Optional.of(GOING);
            case MigrationStep.Finish _, MigrationStep.Fail _, MigrationStep.Rest _ -> Optional.empty();
        };
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
