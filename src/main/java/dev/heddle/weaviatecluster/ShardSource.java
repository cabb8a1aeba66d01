package dev.heddle.weaviatecluster;

import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardLayout.Collection;
import dev.heddle.core.scale.ShardLayout.Operation;
import dev.heddle.core.scale.ShardLayout.Shard;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Asks Weaviate where its shards are. One question for each collection, so it is asked for what needs all of them at once. */
final class ShardSource {
    /** No right, and not switched on. */
    private static final Set<Integer> FINAL = Set.of(401, 403, 501);

    private final WeaviateApi api;

    ShardSource(WeaviateApi api) {
        this.api = api;
    }

    ShardReport of(Endpoint endpoint) {
        try {
            // Operations first: one that ends in between is still seen as going on, never as not there.
            var operations = api.operations(endpoint).operations().stream()
                    .map(ShardSource::operation)
                    .toList();
            var collections = new ArrayList<Collection>();
            for (var known : api.schema(endpoint).classes()) {
                collections.add(collection(endpoint, known));
            }
            return new ShardReport.Known(new ShardLayout(List.copyOf(collections), operations));
        } catch (WeaviateException.Refused refused) {
            return FINAL.contains(refused.status())
                    ? new ShardReport.Refused(refused.getMessage())
                    : new ShardReport.Unknown(refused.getMessage());
        } catch (WeaviateException problem) {
            return new ShardReport.Unknown(problem.getMessage());
        }
    }

    /** One that was deleted in between is refused with 404; then nothing is known until the next look. */
    Collection collection(Endpoint endpoint, SchemaReply.Collection known) throws WeaviateException {
        if (known.name() == null) {
            throw new WeaviateException.Malformed(endpoint, "/v1/schema", "a class without a name");
        }
        var state = api.shardingState(endpoint, known.name()).shardingState();
        if (state == null) {
            throw new WeaviateException.Malformed(endpoint, "sharding-state of " + known.name(), "no state");
        }
        for (var shard : state.shards()) {
            if (shard.shard() == null) {
                throw new WeaviateException.Malformed(endpoint, "sharding-state of " + known.name(), "no shard name");
            }
        }
        return new Collection(
                known.name(),
                known.factor(),
                known.multiTenant(),
                state.shards().stream()
                        .map(shard -> new Shard(known.name(), shard.shard(), shard.replicas()))
                        .toList());
    }

    /** An operation that does not tell its state goes on, as far as anybody knows. */
    private static Operation operation(OperationsReply.Operation reply) {
        var status = Optional.ofNullable(reply.status());
        return new Operation(
                text(reply.id()),
                text(reply.collection()),
                text(reply.shard()),
                text(reply.sourceNode()),
                text(reply.targetNode()),
                "MOVE".equals(reply.type()),
                status.map(OperationsReply.Status::state).orElse(""),
                status.map(OperationsReply.Status::errors).orElse(List.of()).stream()
                        .map(failure -> text(failure.message()))
                        .reduce("", (former, last) -> last));
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
