package dev.heddle.weaviate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/nodes?output=verbose. Lists only the nodes that gossip sees (weaviate.md trap 7). */
@RegisterForReflection
public record NodesReply(List<Node> nodes) {
    public NodesReply {
        nodes = Present.of(nodes);
    }

    /**
     * @param stats null for a node that does not answer
     * @param operationalMode ReadWrite, ReadOnly, WriteOnly or ScaleOut; null for versions that have none
     */
    @RegisterForReflection
    public record Node(
            String name, String status, String version, Stats stats, List<Shard> shards, String operationalMode) {
        public Node {
            shards = Present.of(shards);
        }
    }

    /**
     * @param collection its class
     * @param objectCount those in flushed segments
     * @param asyncReplicationStatus last rounds of asynchronous replication to other copies
     * @param vectorIndexingStatus READY, INDEXING, READONLY or LAZY_LOADING, by the node's own copy
     */
    @RegisterForReflection
    public record Shard(
            @JsonProperty("class") String collection,
            String name,
            String vectorIndexingStatus,
            long objectCount,
            List<AsyncReplication> asyncReplicationStatus) {
        public Shard {
            asyncReplicationStatus = Present.of(asyncReplicationStatus);
        }

        public boolean readOnly() {
            return collection != null && name != null && "READONLY".equals(vectorIndexingStatus);
        }
    }

    /** @param objectsPropagated absent, so 0, where the other copy had them all */
    @RegisterForReflection
    public record AsyncReplication(String targetNode, long objectsPropagated, long startDiffTimeUnixMillis) {}

    @RegisterForReflection
    public record Stats(long shardCount, long objectCount) {}
}
