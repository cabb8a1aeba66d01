package dev.heddle.weaviatecluster;

import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Plays one collection of one shard. */
final class ScriptedWeaviate extends UnaskedWeaviate {
    final List<String> calls = new ArrayList<>();
    final Map<String, Long> counts = new HashMap<>();
    List<String> replicas = List.of("db-0", "db-1", "db-2");
    boolean repairs;
    boolean empty;
    String operation;
    String backup;
    List<BackupReply> others = List.of();

    @Override
    public StatisticsReply statistics(Endpoint endpoint) throws WeaviateException {
        throw new WeaviateException.Unreachable(endpoint, "timeout");
    }

    @Override
    public SchemaReply schema(Endpoint endpoint) {
        calls.add("schema");
        return new SchemaReply(
                empty
                        ? List.of()
                        : List.of(new SchemaReply.Collection("A", new SchemaReply.Replication(3, repairs), null)));
    }

    @Override
    public ShardingStateReply shardingState(Endpoint endpoint, String collection) {
        return new ShardingStateReply(
                new ShardingStateReply.State(collection, List.of(new ShardingStateReply.Shard("s0", replicas))));
    }

    @Override
    public OperationsReply operations(Endpoint endpoint) {
        return new OperationsReply(
                operation == null
                        ? List.of()
                        : List.of(new OperationsReply.Operation(
                                "1",
                                "A",
                                "s0",
                                "db-0",
                                "db-1",
                                "COPY",
                                new OperationsReply.Status(operation, List.of()))));
    }

    @Override
    public void backUp(Endpoint endpoint, String backend, String id) throws WeaviateException {
        calls.add("back up " + backend + " " + id + " by " + endpoint.host());
        if ("refused".equals(backup)) {
            throw new WeaviateException.Refused(endpoint, "/v1/backups/s3", 422, "no bucket");
        }
    }

    @Override
    public BackupReply backup(Endpoint endpoint, String backend, String id) throws WeaviateException {
        if (backup == null || backup.equals("refused")) {
            throw new WeaviateException.Refused(endpoint, "/v1/backups/s3/x", 404, "");
        }
        if (backup.equals("bucket away")) {
            throw new WeaviateException.Refused(endpoint, "/v1/backups/s3/x", 500, "bucket away");
        }
        return new BackupReply(id, backup, "words", null);
    }

    @Override
    public List<BackupReply> backups(Endpoint endpoint, String backend) {
        return others;
    }

    @Override
    public long count(Endpoint endpoint, String collection) {
        return counts.get(endpoint.host());
    }
}
