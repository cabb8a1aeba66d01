package dev.heddle.weaviate;

/** What is asked of the node that coordinates a restore, and of any node before and after one. Every call ends within a time limit. */
public interface WeaviateRestores {

    /**
     * Begins it; refused with 422 where one goes on or a node is missing, and with 404 where there is no such backup.
     * Whether a collection exists already Weaviate finds out only at the end.
     */
    void restore(Endpoint endpoint, BackupPlace place, RestoreRequest request) throws WeaviateException;

    /**
     * Refused with 404 where the backup was never restored. Else it speaks of the last restore, into whichever cluster, and
     * does not say when that was; of one whose coordinator died, for ever as if it went on.
     */
    BackupReply restoration(Endpoint endpoint, BackupPlace place) throws WeaviateException;

    /** From 1.36.0 on; of any node. Refused (422) when the schema is being changed. */
    void cancelRestore(Endpoint endpoint, BackupPlace place) throws WeaviateException;

    MetaReply meta(Endpoint endpoint) throws WeaviateException;

    /** Refused with 404 by versions that know none. */
    AliasesReply aliases(Endpoint endpoint) throws WeaviateException;
}
