package dev.heddle.backup;

import dev.heddle.bucket.BucketException;
import dev.heddle.core.backup.StoreReport;

/** Why a bucket could not be looked at or changed, in the words of conditions. */
final class BucketTrouble {
    private BucketTrouble() {}

    static StoreReport.Trouble of(BucketException problem) {
        return switch (problem) {
            case BucketException.Denied denied -> new StoreReport.Trouble("StorageDenied", denied.getMessage(), true);
            case BucketException.Missing missing ->
                new StoreReport.Trouble("BucketNotFound", missing.getMessage(), true);
            case BucketException.Unreachable away ->
                new StoreReport.Trouble("StorageUnreachable", away.getMessage(), false);
            case BucketException.Malformed strange ->
                new StoreReport.Trouble("StorageUnreachable", strange.getMessage(), false);
        };
    }

    static StoreReport.Trouble of(Locations.Unusable unusable) {
        return new StoreReport.Trouble(unusable.reason(), unusable.getMessage(), true);
    }
}
