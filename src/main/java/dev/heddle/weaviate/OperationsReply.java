package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/replication/replicate/list, which is a bare list. */
public record OperationsReply(List<Operation> operations) {
    public OperationsReply {
        operations = Present.of(operations);
    }

    @RegisterForReflection
    public record Operation(
            String id,
            String collection,
            String shard,
            String sourceNode,
            String targetNode,
            String type,
            Status status) {}

    /** @param state REGISTERED, HYDRATING, FINALIZING, DEHYDRATING, READY or CANCELLED; later versions add some */
    @RegisterForReflection
    public record Status(String state, List<Failure> errors) {
        public Status {
            errors = Present.of(errors);
        }
    }

    @RegisterForReflection
    public record Failure(String message) {}
}
