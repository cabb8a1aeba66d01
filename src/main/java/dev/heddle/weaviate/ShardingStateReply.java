package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/replication/sharding-state. @param shardingState null for a reply that says nothing */
@RegisterForReflection
public record ShardingStateReply(State shardingState) {

    @RegisterForReflection
    public record State(String collection, List<Shard> shards) {
        public State {
            shards = Present.of(shards);
        }
    }

    /** @param shard the tenant's name where the collection has tenants */
    @RegisterForReflection
    public record Shard(String shard, List<String> replicas) {
        public Shard {
            replicas = Present.of(replicas);
        }
    }
}
