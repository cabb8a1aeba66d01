package dev.heddle.core.migrationjob;

import dev.heddle.core.migration.MigrationProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that the next step depends on.
 *
 * @param obstacle why no Job may begin now
 * @param outdated whether the Job was made for another spec
 * @param progress what the command last wrote; empty before it wrote anything
 */
public record MigrationSituation(
        MigrationRecord record,
        Wish wish,
        Optional<Obstacle> obstacle,
        JobReport job,
        boolean outdated,
        Optional<MigrationProgress> progress,
        Instant now) {

    /** @param start not before this */
    public record Wish(Instant start, Duration timeout, boolean suspended) {}

    /** The same with another status. */
    public MigrationSituation with(MigrationRecord other) {
        return new MigrationSituation(other, wish, obstacle, job, outdated, progress, now);
    }

    /** When the time is over that it may run; in the far future while it does not. */
    Instant deadline() {
        return deadline(record, wish.timeout());
    }

    static Instant deadline(MigrationRecord record, Duration timeout) {
        return record.resumedAt()
                .map(since -> since.plus(timeout).minus(record.spent()))
                .orElse(Instant.MAX);
    }
}
