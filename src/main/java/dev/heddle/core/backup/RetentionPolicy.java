package dev.heddle.core.backup;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which backups stay; each number that is given keeps something, and age takes away.
 *
 * @param keepLast newest good ones
 * @param keepDaily newest good one of each of so many days that have one
 * @param keepWeekly newest good one of each of so many ISO weeks that have one
 * @param maxAge what is older goes in any case, but for the last good one
 * @param zone in which days begin
 */
public record RetentionPolicy(
        Optional<Integer> keepLast,
        Optional<Integer> keepDaily,
        Optional<Integer> keepWeekly,
        Optional<Duration> maxAge,
        ZoneId zone) {

    /** Without any rule nothing is ever deleted. */
    public boolean keepsAll() {
        return !counts() && maxAge.isEmpty();
    }

    /** Whether some number says what stays; else everything does that is not too old. */
    boolean counts() {
        return keepLast.isPresent() || keepDaily.isPresent() || keepWeekly.isPresent();
    }
}
