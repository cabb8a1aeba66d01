package dev.heddle.core.common;

/**
 * Something that a person should know, found while planning or observing; ends in a condition of type {@code topic}.
 *
 * @param reason CamelCase word for programs
 * @param message a sentence that names the field or object and says what to do
 */
public record Finding(Topic topic, String reason, String message) {

    /** What a finding is about; decides into which condition it goes and whether work can go on. */
    public enum Topic {
        /** The spec cannot be carried out as it stands; what runs is kept. Becomes Stalled. */
        SPEC,
        /** A Secret or ConfigMap, or a key in it, is missing or wrong. */
        REFERENCE,
        /** An inference module does not serve. */
        MODULE,
        /** A GPU request was placed, or could not be. */
        GPU,
        /** Accepted, but nothing acts on it in this release. */
        NOT_YET_SUPPORTED,
        /** A service mesh that is asked for is not there. */
        MESH,
        /** Effect of cloudProvider that differs from what the fields suggest. */
        CLOUD,
        /** The Prometheus operator's kinds are missing. */
        MONITORING,
        /** A full disk keeps Weaviate from writing. */
        DISK,
        /** The only replica of some shard was on a volume that is gone, or is on a node that does not exist. */
        DATA_LOSS,
        /** Replicas are not complete: on a node that came back with an empty volume, or on one that does not exist. */
        REPLICAS,
        /** A node with the only replica of some shard is about to restart. */
        ONLY_REPLICA,
        /** Volumes cannot grow by themselves, although they are asked to. */
        AUTO_RESIZE,
        /** The number or size of the nodes does not follow the load as asked. */
        AUTO_SCALING
    }
}
