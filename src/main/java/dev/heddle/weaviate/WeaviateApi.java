package dev.heddle.weaviate;

/** What the operator asks of a Weaviate node. Every call ends within the configured timeout. */
public interface WeaviateApi {

    NodesReply nodes(Endpoint endpoint) throws WeaviateException;

    StatisticsReply statistics(Endpoint endpoint) throws WeaviateException;
}
