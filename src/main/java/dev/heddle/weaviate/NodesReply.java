package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/nodes?output=verbose. Lists only the nodes that gossip sees (weaviate.md trap 7). */
@RegisterForReflection
public record NodesReply(List<Node> nodes) {
    public NodesReply {
        nodes = Present.of(nodes);
    }

    /** @param stats null for a node that does not answer */
    @RegisterForReflection
    public record Node(String name, String status, String version, Stats stats) {}

    @RegisterForReflection
    public record Stats(long shardCount, long objectCount) {}
}
