package dev.heddle.core.backup;

/** What a look into the bucket showed. */
public sealed interface StoreReport {

    record NotAsked() implements StoreReport {}

    record Reachable() implements StoreReport {}

    record Found(BackupProof proof) implements StoreReport {}

    /** Nothing lies under the id. */
    record Nothing() implements StoreReport {}

    /** Something lies there that no backup has. */
    record Unreadable(String message) implements StoreReport {}

    /** No look was possible. @param person whether only a person can help */
    record Trouble(String reason, String message, boolean person) implements StoreReport {}
}
