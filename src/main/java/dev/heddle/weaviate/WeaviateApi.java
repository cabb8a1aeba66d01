package dev.heddle.weaviate;

import java.util.List;

/** What the operator asks of a Weaviate node. Every call ends within the configured timeout. */
public interface WeaviateApi {

    NodesReply nodes(Endpoint endpoint) throws WeaviateException;

    StatisticsReply statistics(Endpoint endpoint) throws WeaviateException;

    SchemaReply schema(Endpoint endpoint) throws WeaviateException;

    /** Which nodes hold a replica of which shard of one collection. */
    ShardingStateReply shardingState(Endpoint endpoint, String collection) throws WeaviateException;

    /** Replication operations: those that go on, and those that ended and were not forgotten. */
    OperationsReply operations(Endpoint endpoint) throws WeaviateException;

    /** Begins a replication operation, which Weaviate carries on by itself. */
    void replicate(Endpoint endpoint, ReplicationRequest request) throws WeaviateException;

    /** Gives up one that goes on; refused (409) once its source is being given up. */
    void cancel(Endpoint endpoint, String operation) throws WeaviateException;

    /** Deletes an operation; of one that ended, the memory, which goes a few seconds later. */
    void forget(Endpoint endpoint, String operation) throws WeaviateException;

    /** Takes a node out of Raft. It comes back when it restarts; from 1.36.0 on its shards are replaced by empty ones. */
    void removeNode(PeerEndpoint endpoint, String node) throws WeaviateException;

    /** Lets copies of the collection's shards that lack objects get them by themselves, from now on. */
    void replicateAsynchronously(Endpoint endpoint, String collection) throws WeaviateException;

    /** Begins a backup of everything, which the node that is asked coordinates. @param backend such as s3 */
    void backUp(Endpoint endpoint, String backend, String id) throws WeaviateException;

    /** To be asked of the node that was asked for it: others may hang. Refused with 404 where there is none. */
    BackupReply backup(Endpoint endpoint, String backend, String id) throws WeaviateException;

    /** Those in the place that is configured, whoever began them. */
    List<BackupReply> backups(Endpoint endpoint, String backend) throws WeaviateException;

    /** Number of objects of a collection without tenants, by the node's own copy of each shard where it has one. */
    long count(Endpoint endpoint, String collection) throws WeaviateException;

    /** Lets a shard take writes again, on every node that has a copy. */
    void setReady(Endpoint endpoint, String collection, String shard) throws WeaviateException;
}
