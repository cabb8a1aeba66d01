package dev.heddle.weaviate;

/** What the operator asks of a Weaviate node. Every call ends within the configured timeout. */
public interface WeaviateApi {

    NodesReply nodes(Endpoint endpoint) throws WeaviateException;

    StatisticsReply statistics(Endpoint endpoint) throws WeaviateException;

    /** Lets a shard take writes again, on every node that has a copy. */
    void setReady(Endpoint endpoint, String collection, String shard) throws WeaviateException;
}
