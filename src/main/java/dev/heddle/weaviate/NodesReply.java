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
     * @param vectorIndexingStatus READY, INDEXING, READONLY or LAZY_LOADING, by the node's own copy
     */
    @RegisterForReflection
    public record Shard(@JsonProperty("class") String collection, String name, String vectorIndexingStatus) {
        public boolean readOnly() {
            return collection != null && name != null && "READONLY".equals(vectorIndexingStatus);
        }
    }

    @RegisterForReflection
    public record Stats(long shardCount, long objectCount) {}
}
