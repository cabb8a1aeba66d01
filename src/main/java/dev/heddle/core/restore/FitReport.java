package dev.heddle.core.restore;

import java.time.Instant;
import java.util.Optional;

/** Whether a backup fits a cluster, found out before any byte moves. */
public sealed interface FitReport {

    record NotAsked() implements FitReport {}

    record Fits(RestoreFit fit) implements FitReport {}

    /** @param person whether only a person can help; else it may pass */
    record Unfit(String reason, String message, boolean person) implements FitReport {}

    /** @param began when an earlier restore of the backup began */
    default FitReport after(Optional<Instant> began) {
        return this instanceof Fits fits ? new Fits(fits.fit().after(began)) : this;
    }
}
