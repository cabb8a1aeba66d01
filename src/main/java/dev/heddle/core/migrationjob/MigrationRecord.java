package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.common.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the status remembers.
 *
 * @param resumedAt when the Job was begun that counts now
 * @param spent time that it ran before that
 * @param current whether it speaks of the spec as it is
 */
public record MigrationRecord(
        MigrationPhase phase,
        Optional<Instant> startedAt,
        Optional<Instant> resumedAt,
        Duration spent,
        Optional<Instant> completedAt,
        boolean current) {

    public static MigrationRecord of(Migration migration) {
        var status = Optional.ofNullable(migration.getStatus());
        return new MigrationRecord(
                status.map(MigrationStatus::phase).orElse(MigrationPhase.PENDING),
                status.map(MigrationStatus::startedAt).map(Times::parse),
                status.map(MigrationStatus::resumedAt).map(Times::parse),
                Duration.ofSeconds(status.map(MigrationStatus::spentSeconds).orElse(0L)),
                status.map(MigrationStatus::completedAt).map(Times::parse),
                status.filter(known -> Objects.equals(
                                known.observedGeneration(),
                                migration.getMetadata().getGeneration()))
                        .isPresent());
    }

    /** Nothing is to be done any more; what failed goes on when its spec changes. */
    public boolean over() {
        return phase == MigrationPhase.SUCCEEDED || phase == MigrationPhase.FAILED && current;
    }

    MigrationRecord begun(Instant now) {
        return new MigrationRecord(
                MigrationPhase.RUNNING,
                Optional.of(startedAt.orElse(now)),
                Optional.of(now),
                spent,
                Optional.empty(),
                true);
    }

    /** No Job may run any more, or none for now. */
    MigrationRecord stopped(MigrationPhase next, Instant now) {
        var ran = resumedAt
                .map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
        boolean ended = next == MigrationPhase.SUCCEEDED || next == MigrationPhase.FAILED;
        return new MigrationRecord(
                next,
                startedAt,
                Optional.empty(),
                spent.plus(ran),
                ended ? Optional.of(completedAt.orElse(now)) : Optional.empty(),
                true);
    }

    MigrationRecord in(MigrationPhase next) {
        return new MigrationRecord(next, startedAt, resumedAt, spent, Optional.empty(), true);
    }
}
