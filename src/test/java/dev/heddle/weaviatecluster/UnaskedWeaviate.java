package dev.heddle.weaviatecluster;

import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.PeerEndpoint;
import dev.heddle.weaviate.ReplicationRequest;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import java.util.List;

/** Fails a test that asks; a test's own Weaviate answers what it expects. */
class UnaskedWeaviate implements WeaviateApi {
    private static AssertionError unasked(String question) {
        return new AssertionError("nobody should have asked for " + question);
    }

    @Override
    public NodesReply nodes(Endpoint endpoint) throws WeaviateException {
        throw unasked("nodes");
    }

    @Override
    public StatisticsReply statistics(Endpoint endpoint) throws WeaviateException {
        throw unasked("statistics");
    }

    @Override
    public SchemaReply schema(Endpoint endpoint) throws WeaviateException {
        throw unasked("schema");
    }

    @Override
    public ShardingStateReply shardingState(Endpoint endpoint, String collection) throws WeaviateException {
        throw unasked("shardingState");
    }

    @Override
    public OperationsReply operations(Endpoint endpoint) throws WeaviateException {
        throw unasked("operations");
    }

    @Override
    public void replicate(Endpoint endpoint, ReplicationRequest request) throws WeaviateException {
        throw unasked("replicate");
    }

    @Override
    public void cancel(Endpoint endpoint, String operation) throws WeaviateException {
        throw unasked("cancel");
    }

    @Override
    public void forget(Endpoint endpoint, String operation) throws WeaviateException {
        throw unasked("cancel");
    }

    @Override
    public void removeNode(PeerEndpoint endpoint, String node) throws WeaviateException {
        throw unasked("removeNode");
    }

    @Override
    public void replicateAsynchronously(Endpoint endpoint, String collection) throws WeaviateException {
        throw unasked("replicateAsynchronously");
    }

    @Override
    public void backUp(Endpoint endpoint, String backend, String id) throws WeaviateException {
        throw unasked("backUp");
    }

    @Override
    public BackupReply backup(Endpoint endpoint, String backend, String id) throws WeaviateException {
        throw unasked("backup");
    }

    @Override
    public List<BackupReply> backups(Endpoint endpoint, String backend) throws WeaviateException {
        throw unasked("backups");
    }

    @Override
    public long count(Endpoint endpoint, String collection) throws WeaviateException {
        throw unasked("count");
    }

    @Override
    public void setReady(Endpoint endpoint, String collection, String shard) throws WeaviateException {
        throw unasked("setReady");
    }
}
