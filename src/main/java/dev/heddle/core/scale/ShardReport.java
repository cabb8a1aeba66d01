package dev.heddle.core.scale;

/** What Weaviate says of its shards. */
public sealed interface ShardReport {

    /** No answer, or one that cannot be used; asked again. */
    record Unknown(String why) implements ShardReport {}

    /** Weaviate does not let the operator move replicas: not switched on, or no right. */
    record Refused(String why) implements ShardReport {}

    record Known(ShardLayout layout) implements ShardReport {}
}
