package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.MigrationProgress;
import java.util.Optional;

/** Where progress and checkpoint outlive the process. */
public interface ProgressStore {

    /** Empty when nothing was saved yet. Throws {@link MigrationException.Malformed} where it cannot be understood. */
    Optional<Checkpoint> load() throws MigrationException;

    /** Both or neither. Not being able to is {@link MigrationException.Unreachable}. */
    void save(Checkpoint checkpoint, MigrationProgress progress) throws MigrationException;
}
