package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.VerticalScalingStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided so far, read back from the status.
 *
 * @param decision number of nodes in force
 * @param voters nodes that vote in Raft
 * @param raised requests raised before
 * @param raisedAt when they were last raised
 * @param stuck whether some pod cannot grow as it was asked to
 */
public record Standing(
        Decision decision,
        int voters,
        Freedom freedom,
        Map<String, Quantity> raised,
        Optional<Instant> raisedAt,
        boolean stuck) {

    /**
     * @param live nodes of the StatefulSet, else those in the spec; what begins with where the status says nothing
     * @param frozenVoters Raft voters, as far as the status does not tell
     */
    public static Standing of(
            ScalingPolicy policy, Optional<WeaviateClusterStatus> status, int live, int frozenVoters, boolean stuck) {
        int voters = status.map(WeaviateClusterStatus::voters).orElse(frozenVoters);
        var known = status.map(WeaviateClusterStatus::autoScaling);
        var vertical = known.map(AutoScalingStatus::vertical);
        var decision = known.filter(said -> said.replicas() != null && said.replicas() > 0)
                .map(said -> new Decision(
                        said.replicas(), said.reason() == null ? "" : said.reason(), time(said.lastScaleTime())))
                .orElseGet(() -> Autoscaler.start(policy, live, voters));
        return new Standing(
                decision,
                voters,
                status.map(WeaviateClusterStatus::phase).map(Standing::freedom).orElse(Freedom.NONE),
                vertical.map(VerticalScalingStatus::requests).orElse(Map.of()),
                vertical.flatMap(said -> time(said.lastRaiseTime())),
                stuck);
    }

    /** The same once the status has another phase. */
    public Standing in(ClusterPhase phase) {
        return new Standing(decision, voters, freedom(phase), raised, raisedAt, stuck);
    }

    private static Freedom freedom(ClusterPhase phase) {
        return switch (phase) {
            case RUNNING -> Freedom.ANY;
            case DEGRADED -> Freedom.GROW;
            case SCALING -> Freedom.QUERIES;
            default -> Freedom.NONE;
        };
    }

    /** A time that somebody wrote wrongly is none. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
