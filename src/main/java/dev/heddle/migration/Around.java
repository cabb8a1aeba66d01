package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.core.migrationjob.JobImage;
import dev.heddle.core.migrationjob.MigrationJob;
import dev.heddle.core.migrationjob.MigrationRecord;
import dev.heddle.core.migrationjob.MigrationSides;
import dev.heddle.core.migrationjob.MigrationSituation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Optional;

/** What was read about one migration. @param job its own */
record Around(Migration migration, MigrationSides sides, JobImage image, Optional<Job> job, MigrationSituation seen) {

    MigrationJob wanted(MigrationRecord record) {
        return MigrationJob.of(migration, sides, record, image);
    }
}
