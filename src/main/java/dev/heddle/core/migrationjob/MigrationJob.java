package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationSpec;
import dev.heddle.core.common.Digest;
import dev.heddle.core.migration.MigrationPlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the children of a migration are made of.
 *
 * @param limit time that is left to it
 */
public record MigrationJob(
        Migration migration, MigrationSides sides, MigrationPlan plan, JobImage image, Duration limit) {

    public static MigrationJob of(Migration migration, MigrationSides sides, MigrationRecord record, JobImage image) {
        var spec = migration.getSpec();
        var timeout = MigrationDefaults.timeout(spec);
        var deadline = MigrationSituation.deadline(record, timeout);
        return new MigrationJob(
                migration,
                sides,
                new MigrationPlan(
                        Objects.requireNonNullElse(migration.getMetadata().getUid(), ""),
                        sides.source().plan(),
                        sides.target().plan(),
                        MigrationDefaults.mode(spec),
                        MigrationDefaults.onConflict(spec),
                        MigrationDefaults.names(spec.include()),
                        MigrationDefaults.names(spec.exclude()),
                        MigrationDefaults.pace(spec),
                        record.resumedAt().isPresent() ? deadline.getEpochSecond() : 0,
                        false),
                image,
                timeout.minus(record.spent()));
    }

    public static MigrationSituation.Wish wish(MigrationSpec spec) {
        return new MigrationSituation.Wish(
                MigrationDefaults.start(spec), MigrationDefaults.timeout(spec), MigrationDefaults.suspended(spec));
    }

    /** What only a person can mend comes first. */
    public static Optional<Obstacle> obstacle(MigrationSpec spec, MigrationSides sides, JobImage image) {
        var all = Stream.of(
                        MigrationDefaults.wrong(spec).stream(), image.missing().stream(), sides.obstacles().stream())
                .flatMap(Function.identity())
                .toList();
        return all.stream().filter(found -> !found.passes()).findFirst().or(() -> all.stream()
                .findFirst());
    }

    public MigrationNames names() {
        return new MigrationNames(
                migration.getMetadata().getNamespace(), migration.getMetadata().getName());
    }

    MigrationSpec spec() {
        return migration.getSpec();
    }

    /** Tells whether a Job was made for this. Without the image: a new operator lets Jobs run on. */
    public String digest() {
        return Digest.hex(Arrays.asList(
                                plan,
                                MigrationDefaults.resources(spec()),
                                spec().tolerations(),
                                spec().nodeSelector(),
                                MigrationDefaults.retries(spec()),
                                limit)
                        .toString())
                .substring(0, 24);
    }
}
