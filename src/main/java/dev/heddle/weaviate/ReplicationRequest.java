package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** POST /v1/replication/replicate. @param type MOVE or COPY */
@RegisterForReflection
public record ReplicationRequest(String collection, String shard, String sourceNode, String targetNode, String type) {}
