package dev.heddle.core.autoscale;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides the number of nodes. Like the Horizontal Pod Autoscaler: the highest demand of any metric, the highest (for a
 * scale-in) or lowest (for a scale-out) recommendation of a window, within limits; and with cool-downs, because a change
 * of nodes moves data.
 */
public final class Autoscaler {

    /** What keeps the number from being changed. */
    public enum Freedom {
        /** All nodes serve, and nothing goes on. */
        ANY,
        /** Some node does not serve: none is removed. */
        GROW,
        /**
         * Nodes come or go. Moving their shards takes CPU, memory and time itself, so only more queries add nodes; a
         * drain is called off by it.
         */
        QUERIES,
        /** An upgrade or a resize goes on, or the cluster is being made. */
        NONE
    }

    /**
     * @param last the decision in force
     * @param demand of the newest sample
     * @param recommendations with that of the newest sample
     * @param floor nodes that Raft votes with, and replicas that a collection has; empty where the latter are not known
     */
    public record Situation(
            ScalingPolicy policy,
            Decision last,
            Demand demand,
            Recommendations recommendations,
            OptionalInt floor,
            Freedom freedom) {}

    private final Situation situation;
    private final ScalingPolicy policy;
    private final Instant now;

    private Autoscaler(Situation situation, Instant now) {
        this.situation = situation;
        this.policy = situation.policy();
        this.now = now;
    }

    /** The number of nodes from which an autoscaler begins; voters have to stay. */
    static Decision start(ScalingPolicy policy, int nodes, int voters) {
        int begin = Math.max(policy.bound(nodes), Math.min(nodes, voters));
        return new Decision(begin, "The number of nodes to start with.", Optional.empty());
    }

    /** The decision in force, or another one. */
    public static Decision decide(Situation situation, Instant now) {
        return new Autoscaler(situation, now).decide();
    }

    private Decision decide() {
        int before = situation.last().nodes();
        int asked = stabilized(before);
        int next = policy.bound(asked);
        if (next < before) {
            return shrink(before, Math.max(next, situation.floor().orElse(before)), asked);
        }
        int may = situation.freedom() == Freedom.QUERIES
                ? Math.min(next, situation.demand().of(Metric.QPS).orElse(0))
                : next;
        return may > before ? grow(before, may, asked) : situation.last();
    }

    private int stabilized(int before) {
        int up = situation.recommendations().lowest(now.minus(policy.up().window()));
        int down = situation.recommendations().highest(now.minus(policy.down().window()));
        return up > before ? up : Math.min(down, before);
    }

    private Decision grow(int before, int next, int asked) {
        boolean byLimit = asked <= before;
        if (situation.freedom() == Freedom.NONE || !byLimit && cooling(policy.up())) {
            return situation.last();
        }
        return new Decision(
                next,
                byLimit
                        ? "%d → %d: autoScaling.minReplicas.".formatted(before, next)
                        : "%d → %d: %s."
                                .formatted(before, next, situation.demand().words(before)),
                Optional.of(now));
    }

    private Decision shrink(int before, int next, int asked) {
        boolean byLimit = asked >= before;
        if (next >= before || situation.freedom() != Freedom.ANY || !byLimit && cooling(policy.down())) {
            return situation.last();
        }
        return new Decision(
                next,
                byLimit
                        ? "%d → %d: autoScaling.maxReplicas.".formatted(before, next)
                        : "%d → %d: %s; for %d s no metric asked for more."
                                .formatted(
                                        before,
                                        next,
                                        situation.demand().words(Integer.MAX_VALUE),
                                        policy.down().window().toSeconds()),
                Optional.of(now));
    }

    private boolean cooling(ScalingPolicy.Rules rules) {
        return situation
                .last()
                .scaledAt()
                .filter(at -> at.plus(rules.cooldown()).isAfter(now))
                .isPresent();
    }
}
