package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.MigrationCollectionsSpec;
import dev.heddle.api.cloud.v1alpha1.MigrationScheduleSpec;
import dev.heddle.api.cloud.v1alpha1.MigrationSpec;
import dev.heddle.core.common.Durations;
import dev.heddle.core.migration.MigrationPlan;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What holds where a spec says nothing. */
public final class MigrationDefaults {
    private static final Duration TIMEOUT = Duration.ofHours(24);
    private static final int PARALLELISM = 4;
    private static final int RETRIES = 6;

    private MigrationDefaults() {}

    public static Duration timeout(MigrationSpec spec) {
        return Durations.parse(spec.timeout()).orElse(TIMEOUT);
    }

    static boolean suspended(MigrationSpec spec) {
        return Boolean.TRUE.equals(spec.suspend());
    }

    static int retries(MigrationSpec spec) {
        return Objects.requireNonNullElse(spec.retries(), RETRIES);
    }

    static Optional<String> startTime(MigrationSpec spec) {
        return Optional.ofNullable(spec.schedule()).map(MigrationScheduleSpec::startTime);
    }

    /** Not before this; long ago without one, and for one that is none, which is an obstacle of its own. */
    static Instant start(MigrationSpec spec) {
        return startTime(spec).flatMap(StartTime::parse).orElse(Instant.EPOCH);
    }

    static Optional<Obstacle> wrong(MigrationSpec spec) {
        return startTime(spec)
                .filter(text -> StartTime.parse(text).isEmpty())
                .map(text -> new Obstacle(
                        "InvalidStartTime",
                        "spec.schedule.startTime: there is no such time as %s.".formatted(text),
                        false));
    }

    static MigrationPlan.Mode mode(MigrationSpec spec) {
        return switch (spec.mode()) {
            case null -> MigrationPlan.Mode.COPY;
            case COPY -> MigrationPlan.Mode.COPY;
            case SCHEMAONLY -> MigrationPlan.Mode.SCHEMA_ONLY;
            case VERIFY -> MigrationPlan.Mode.VERIFY;
            case DRYRUN -> MigrationPlan.Mode.DRY_RUN;
        };
    }

    static MigrationPlan.OnConflict onConflict(MigrationSpec spec) {
        return switch (spec.onConflict()) {
            case null -> MigrationPlan.OnConflict.FAIL;
            case FAIL -> MigrationPlan.OnConflict.FAIL;
            case SKIP -> MigrationPlan.OnConflict.SKIP;
            case OVERWRITE -> MigrationPlan.OnConflict.OVERWRITE;
        };
    }

    static MigrationPlan.Pace pace(MigrationSpec spec) {
        return new MigrationPlan.Pace(
                Objects.requireNonNullElse(spec.parallelism(), PARALLELISM),
                Objects.requireNonNullElse(spec.rateLimit(), 0),
                Objects.requireNonNullElse(spec.batchSize(), 0));
    }

    static List<String> names(MigrationCollectionsSpec collections) {
        return Optional.ofNullable(collections)
                .map(MigrationCollectionsSpec::collections)
                .orElse(List.of());
    }

    static ResourceRequirements resources(MigrationSpec spec) {
        return Optional.ofNullable(spec.resources()).orElseGet(() -> new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity("100m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .addToLimits("memory", new Quantity("512Mi"))
                .build());
    }
}
