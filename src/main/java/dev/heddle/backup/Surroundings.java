package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupTarget;
import dev.heddle.core.backup.BucketName;
import dev.heddle.core.cluster.References;
import java.util.Optional;

/**
 * What was read about one backup.
 *
 * @param obstacle why an attempt may not begin now
 * @param storage where it lies, or is to lie; empty where that is not known yet
 */
record Surroundings(
        Optional<Obstacle> obstacle, DatabaseNodes pods, Optional<BackupBucketSpec> storage, References references) {

    BucketLocation location() throws Locations.Unusable {
        if (storage.isEmpty()) {
            throw new Locations.Unusable("NoBackupStorage", "It is not known where the backup lies.");
        }
        return Locations.of(storage.get(), references);
    }

    /** The bucket, where it is not the one that the nodes write to without being told. */
    Optional<BucketName> elsewhere() {
        return storage.filter(one -> pods.storage()
                        .filter(server -> !BackupTarget.configured(one, server))
                        .isPresent())
                .map(one -> BucketName.of(one.bucket()));
    }
}
