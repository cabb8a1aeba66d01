package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.common.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Size of the Raft voter set: the first nodes by ordinal. */
public final class RaftVoters {
    private RaftVoters() {}

    /**
     * The frozen size where there is one; else 1, 3 or 5 by the number of nodes at creation, as the official chart
     * chooses. A later change of it re-writes every pod's environment and is a step of its own, so it never follows
     * the number of nodes.
     */
    public static int decide(int nodes, OptionalInt frozen) {
        if (frozen.isPresent()) {
            return frozen.getAsInt();
        }
        return nodes >= 10 ? 5 : nodes >= 3 ? 3 : 1;
    }

    /** From the StatefulSet, else from a claim that was left, else from the status. */
    public static OptionalInt frozen(LiveCluster live, Optional<WeaviateClusterStatus> status) {
        var annotated = Stream.concat(live.statefulSet().stream(), live.claims().stream())
                .map(child -> requireNonNullElse(child.getMetadata().getAnnotations(), Map.<String, String>of())
                        .get(Labels.VOTERS));
        return Stream.concat(annotated, status.map(WeaviateClusterStatus::voters).map(String::valueOf).stream())
                .map(RaftVoters::parse)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** Reads an annotation or a status value; anything but 1, 3 or 5 counts as absent. */
    public static OptionalInt parse(String text) {
        return Optional.ofNullable(text).filter(value -> value.matches("[135]")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }
}
