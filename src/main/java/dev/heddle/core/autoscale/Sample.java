package dev.heddle.core.autoscale;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The load of a cluster at one moment.
 *
 * @param nodes nodes that serve, over which the averages are taken
 * @param readings those asked for
 * @param peaks highest use of one node: cpu in cores, memory in bytes; a resource that could not be read is absent
 * @param factor highest replication factor of a collection; empty where it was not asked for or could not be read
 */
public record Sample(
        Instant at, int nodes, Map<Metric, Reading> readings, Map<String, Double> peaks, OptionalInt factor) {

    public Sample with(OptionalInt asked) {
        return new Sample(at, nodes, readings, peaks, asked);
    }
}
