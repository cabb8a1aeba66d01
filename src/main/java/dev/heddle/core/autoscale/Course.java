package dev.heddle.core.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one cluster's autoscaler knows from one sample to the next. A restart loses it, which costs a window of time and
 * nothing else.
 *
 * @param latest newest sample, and what it asks for
 * @param missingSince since when some metric is not known in full
 * @param factor highest replication factor, as it was last asked for
 * @param telling what the status says of the metrics
 */
public record Course(
        Recommendations recommendations,
        Optional<Latest> latest,
        Optional<Instant> missingSince,
        OptionalInt factor,
        Telling telling) {
    /** Samples come every few seconds; older ones tell nothing of now. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    /** New nodes have figures of their own only after a while, which is nobody's concern. */
    private static final Duration GRACE = Duration.ofSeconds(45);

    /** The shortest time over which something is told that would change with every sample. */
    private static final Duration STEADY = Duration.ofSeconds(60);

    /** A sample and what it asks for. */
    public record Latest(Sample sample, Demand demand) {}

    /** @param nodes number of nodes decided last */
    public static Course begin(int nodes, Instant now) {
        return new Course(
                Recommendations.startingWith(nodes, now),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Telling.nothing(now));
    }

    /** @param wanted number of nodes decided last */
    public Course with(ScalingPolicy policy, Sample sample, int wanted) {
        var demand = Demand.of(policy, sample, wanted);
        var memory = policy.memory().compareTo(STEADY) > 0 ? policy.memory() : STEADY;
        return new Course(
                recommendations.with(demand.nodes(), sample.at(), memory),
                Optional.of(new Latest(sample, demand)),
                demand.missing().isEmpty() ? Optional.empty() : missingSince.or(() -> Optional.of(sample.at())),
                sample.factor().isPresent() ? sample.factor() : factor,
                telling);
    }

    public Course told(Telling said) {
        return new Course(recommendations, latest, missingSince, factor, said);
    }

    Optional<Latest> fresh(Instant now) {
        return latest.filter(known -> known.sample().at().plus(FRESH).isAfter(now));
    }

    boolean missing(Instant now) {
        return missingSince.filter(since -> !since.plus(GRACE).isAfter(now)).isPresent();
    }

    boolean limited(ScalingPolicy policy, Instant now) {
        return recommendations.lowest(now.minus(STEADY)) > policy.max();
    }

    /** Whether a scale-in is in sight, for which the collections have to be known. */
    public static boolean shrinks(ScalingPolicy policy, Sample sample, int wanted) {
        return wanted > policy.max()
                || wanted > policy.min() && Demand.of(policy, sample, wanted).nodes() < wanted;
    }
}
