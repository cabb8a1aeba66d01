package dev.heddle.weaviate;

/**
 * What is asked of the node that coordinates a backup: only it knows how far one is, others may hang while the bucket
 * does. Every call ends within a time limit.
 */
public interface WeaviateBackups {

    /** Begins it; refused (422) where one goes on, a collection or the bucket is missing, or the id was ever used. */
    void begin(Endpoint endpoint, BackupPlace place, BackupOrder order) throws WeaviateException;

    /** Refused with 404 where there is none. */
    BackupReply status(Endpoint endpoint, BackupPlace place) throws WeaviateException;

    /** Without effect on one whose coordinator died, and on one that there is not; refused (422) when it has ended. */
    void cancel(Endpoint endpoint, BackupPlace place) throws WeaviateException;
}
