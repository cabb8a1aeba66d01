package dev.heddle.backup;

import dev.heddle.core.restore.RestoreOrigin;
import java.util.Optional;

/**
 * What was read about one restore.
 *
 * @param origin the backup; empty where it is not known yet
 * @param cancels whether the cluster's Weaviate can be told to end a restore
 */
record RestoreScene(Surroundings around, Optional<RestoreOrigin.Known> origin, boolean cancels) {}
