package dev.heddle.weaviatecluster;

import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.PeerEndpoint;
import dev.heddle.weaviate.ReplicationRequest;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.WeaviateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Plays one collection of one shard; notes what it is told. */
final class OneCollection extends UnaskedWeaviate {
    final List<String> calls = new ArrayList<>();
    List<String> replicas = List.of("db-0", "db-1", "db-2");
    int factor = 3;
    List<OperationsReply.Operation> operations = List.of();
    boolean failing;
    boolean mute;
    boolean gone;
    List<BackupReply> backups = List.of();

    @Override
    public SchemaReply schema(Endpoint endpoint) {
        calls.add("schema");
        return new SchemaReply(
                List.of(new SchemaReply.Collection("A", new SchemaReply.Replication(factor, false), null)));
    }

    @Override
    public ShardingStateReply shardingState(Endpoint endpoint, String collection) throws WeaviateException {
        if (gone) {
            throw new WeaviateException.Refused(endpoint, "/v1/replication/sharding-state", 404, "");
        }
        return new ShardingStateReply(new ShardingStateReply.State(
                collection,
                IntStream.range(0, 4)
                        .mapToObj(i -> new ShardingStateReply.Shard("s" + i, replicas))
                        .toList()));
    }

    @Override
    public OperationsReply operations(Endpoint endpoint) throws WeaviateException {
        if (failing) {
            throw new WeaviateException.Refused(endpoint, "/list", 501, "not enabled");
        }
        return new OperationsReply(operations);
    }

    @Override
    public void forget(Endpoint endpoint, String operation) {
        calls.add("forget " + operation);
        operations = List.of();
    }

    @Override
    public void replicate(Endpoint endpoint, ReplicationRequest request) throws WeaviateException {
        if (operations.stream().anyMatch(former -> request.sourceNode().equals(former.sourceNode()))) {
            throw new WeaviateException.Refused(endpoint, "/replicate", 500, "existing op x is a MOVE");
        }
        calls.add("%s %s/%s %s→%s"
                .formatted(
                        request.type(),
                        request.collection(),
                        request.shard(),
                        request.sourceNode(),
                        request.targetNode()));
    }

    @Override
    public List<BackupReply> backups(Endpoint endpoint, String backend) {
        return backups;
    }

    @Override
    public void cancel(Endpoint endpoint, String operation) {
        calls.add("cancel " + operation);
    }

    @Override
    public void removeNode(PeerEndpoint endpoint, String node) throws WeaviateException {
        calls.add("remove " + node + " by " + endpoint.user());
        if (mute) {
            throw new WeaviateException.Unreachable(new Endpoint("h", 1, ""), "timeout");
        }
    }
}
