package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterDefaults;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The condition of that name: it tells for how long writes are, or last were, refused. */
public final class WritesPaused {
    public static final String TYPE = "WritesPaused";
    private static final String GAVE_UP = "GaveUp";

    private WritesPaused() {}

    /** The condition, where it was ever told. @param status may be null */
    public static Optional<Condition> of(WeaviateClusterStatus status) {
        return Optional.ofNullable(status)
                .map(WeaviateClusterStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, TYPE));
    }

    public static boolean is(Condition condition) {
        return "True".equals(condition.getStatus());
    }

    /** Whether the last pause took too long, with the spec of this generation. */
    public static boolean gaveUp(Condition condition, Long generation) {
        return condition.getReason().equals(GAVE_UP) && Objects.equals(condition.getObservedGeneration(), generation);
    }

    /** Whether a pause that goes on has taken longer than the spec permits. */
    public static boolean tooLong(Condition condition, WeaviateClusterSpec spec, Instant now) {
        return Instant.parse(condition.getLastTransitionTime())
                .plus(ClusterDefaults.maxWritePause(spec))
                .isBefore(now);
    }

    /**
     * Nothing is told of a cluster whose writes were never paused, or of a pause with another spec.
     *
     * @param paused whether writes are to be refused
     */
    static void tell(
            boolean paused, Optional<Condition> before, WeaviateClusterSpec spec, Conditions conditions, Instant now) {
        if (paused) {
            conditions.add(
                    TYPE,
                    true,
                    "MovingShards",
                    "Weaviate refuses writes and serves reads, because shards with a single replica move.");
        } else if (before.isPresent() && is(before.get())) {
            long seconds = Duration.between(Instant.parse(before.get().getLastTransitionTime()), now)
                    .toSeconds();
            conditions.add(
                    TYPE,
                    false,
                    tooLong(before.get(), spec, now) ? GAVE_UP : "Resumed",
                    "Writes were refused for %d s.".formatted(seconds));
        } else if (before.isPresent()
                && Objects.equals(before.get().getObservedGeneration(), conditions.generation())) {
            conditions.add(TYPE, false, before.get().getReason(), before.get().getMessage());
        }
    }
}
