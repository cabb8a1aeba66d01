package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import java.time.Instant;
import java.util.Optional;

/** The one thing to do next. */
public sealed interface MigrationStep {

    /**
     * No Job runs, and none may begin.
     *
     * @param stuck whether only a person can help
     * @param until when to look again, if that is known
     */
    record Wait(MigrationPhase phase, String reason, String message, boolean stuck, Optional<Instant> until)
            implements MigrationStep {}

    /** Write down that it begins, before there is a Job. */
    record Begin() implements MigrationStep {}

    /** Make the Job and what it needs. */
    record Launch() implements MigrationStep {}

    /** Delete the Job, so that another one, or none, can follow. */
    record Stop(MigrationPhase phase, String reason, String message) implements MigrationStep {}

    /**
     * The Job runs, or is on its way.
     *
     * @param stuck whether only a person can help
     */
    record Go(MigrationPhase phase, String reason, String message, boolean stuck) implements MigrationStep {}

    /** It is done. */
    record Finish(String message) implements MigrationStep {}

    /** It has failed; what was copied stays. */
    record Fail(String reason, String message) implements MigrationStep {}

    /** It is over, and everything is said. */
    record Rest() implements MigrationStep {}
}
