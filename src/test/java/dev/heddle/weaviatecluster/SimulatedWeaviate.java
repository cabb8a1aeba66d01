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
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;

/** A healthy Weaviate for each StatefulSet whose simulated pod is asked; what a real one says is in the journeys. */
@Mock
@Singleton
public class SimulatedWeaviate implements WeaviateApi {
    /** Set by a test to make every answer a refusal. */
    static volatile boolean refusing;

    @Override
    public NodesReply nodes(Endpoint endpoint) throws WeaviateException {
        return new NodesReply(names(endpoint).stream()
                .map(name -> new NodesReply.Node(name, "HEALTHY", "1.35.2", new NodesReply.Stats(0, 0), List.of()))
                .toList());
    }

    @Override
    public StatisticsReply statistics(Endpoint endpoint) throws WeaviateException {
        var names = names(endpoint);
        var configuration = IntStream.range(0, names.size())
                .mapToObj(i -> new StatisticsReply.Server(names.get(i), i < voters(names.size()) ? 0 : 1))
                .toList();
        return new StatisticsReply(names.stream()
                .map(name -> new StatisticsReply.Node(
                        name,
                        "HEALTHY",
                        true,
                        true,
                        names.getFirst(),
                        new StatisticsReply.Raft(name.equals(names.getFirst()) ? "Leader" : "Follower", configuration)))
                .toList());
    }

    @Override
    public SchemaReply schema(Endpoint endpoint) {
        return new SchemaReply(List.of());
    }

    @Override
    public ShardingStateReply shardingState(Endpoint endpoint, String collection) throws WeaviateException {
        throw new WeaviateException.Refused(endpoint, "/v1/replication/sharding-state", 404, "no such collection");
    }

    @Override
    public OperationsReply operations(Endpoint endpoint) {
        return new OperationsReply(List.of());
    }

    @Override
    public void replicate(Endpoint endpoint, ReplicationRequest request) throws WeaviateException {
        throw new WeaviateException.Refused(endpoint, "/v1/replication/replicate", 422, "shard not found");
    }

    @Override
    public void removeNode(PeerEndpoint endpoint, String node) {
        // Raft of the simulation follows the StatefulSet.
    }

    @Override
    public void setReady(Endpoint endpoint, String collection, String shard) {
        throw new AssertionError("no shard is read-only");
    }

    @Override
    public void backUp(Endpoint endpoint, String backend, String id) {
        throw new AssertionError("no backup is asked for");
    }

    @Override
    public BackupReply backup(Endpoint endpoint, String backend, String id) {
        throw new AssertionError("no backup is asked for");
    }

    @Override
    public long count(Endpoint endpoint, String collection) {
        throw new AssertionError("no collection repairs itself");
    }

    private static int voters(int nodes) {
        return nodes >= 3 ? 3 : 1;
    }

    private static List<String> names(Endpoint endpoint) throws WeaviateException {
        if (refusing) {
            throw new WeaviateException.Refused(endpoint, "/v1/nodes", 401, "anonymous access not enabled");
        }
        var pod = ShippedRights.admin.pods().inNamespace(ShippedRights.NAMESPACE).list().getItems().stream()
                .filter(candidate ->
                        endpoint.host().equals(candidate.getStatus().getPodIP()))
                .findFirst()
                .orElseThrow(() -> new WeaviateException.Unreachable(endpoint, "connection refused"));
        var set = pod.getMetadata().getOwnerReferences().getFirst().getName();
        int replicas = ShippedRights.admin
                .apps()
                .statefulSets()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName(set)
                .get()
                .getSpec()
                .getReplicas();
        return IntStream.range(0, replicas).mapToObj(i -> set + "-" + i).toList();
    }
}
