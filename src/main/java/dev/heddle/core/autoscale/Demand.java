package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.MetricStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The number of nodes that one sample asks for.
 *
 * @param nodes before any limit; where something could not be read, never below the number that there is
 */
public record Demand(int nodes, List<Part> parts) {
    /** Nobody is asked for more than twice as many nodes by a latency, because it does not tell how many would do. */
    private static final double MOST_BY_LATENCY = 2;

    /** Share of the target below which a latency lets a node go. */
    private static final double EASY = 0.5;

    /**
     * What one metric asks for.
     *
     * @param value average of a node; empty where nothing is known
     * @param desired empty where nothing is known
     * @param error why it is not known, or not in full
     */
    public record Part(
            Metric metric, double target, Optional<Double> value, OptionalInt desired, Optional<String> error) {

        String words() {
            return value.map(known ->
                            "%s %s of target %s".formatted(metric.key(), metric.text(known), metric.text(target)))
                    .orElse(metric.key() + " unknown");
        }

        MetricStatus status(boolean errors) {
            return new MetricStatus(
                    value.map(metric::text).orElse(null),
                    metric.text(target),
                    desired.isPresent() ? desired.getAsInt() : null,
                    errors ? error.orElse(null) : null);
        }
    }

    /** @param wanted number of nodes decided last */
    public static Demand of(ScalingPolicy policy, Sample sample, int wanted) {
        var parts = new ArrayList<Part>();
        policy.targets().forEach((metric, target) -> {
            var reading = sample.readings().getOrDefault(metric, new Reading.Unreadable("it was not read."));
            parts.add(part(metric, target, reading, sample.nodes(), wanted));
        });
        int most = parts.stream()
                .flatMapToInt(part -> part.desired().stream())
                .max()
                .orElse(wanted);
        boolean complete = parts.stream().allMatch(part -> part.error().isEmpty());
        return new Demand(complete ? most : Math.max(most, wanted), List.copyOf(parts));
    }

    private static Part part(Metric metric, double target, Reading reading, int nodes, int wanted) {
        return switch (reading) {
            case Reading.Measured(double value) ->
                new Part(
                        metric,
                        target,
                        Optional.of(value),
                        desired(metric, value / target, nodes, wanted),
                        Optional.empty());
            case Reading.AtLeast(double value, String missing) ->
                new Part(
                        metric,
                        target,
                        Optional.of(value),
                        desired(metric, value / target, nodes, wanted),
                        Optional.of(missing));
            case Reading.Unreadable(String why) ->
                new Part(metric, target, Optional.empty(), OptionalInt.empty(), Optional.of(why));
        };
    }

    private static OptionalInt desired(Metric metric, double ratio, int nodes, int wanted) {
        return OptionalInt.of(metric == Metric.LATENCY ? byLatency(ratio, nodes) : proportional(ratio * nodes, wanted));
    }

    /**
     * Nodes go only where those that stay are clear of their target, else a little more load would bring them back.
     *
     * @param load in nodes that are at their target
     */
    private static int proportional(double load, int wanted) {
        if (Math.abs(load / wanted - 1) <= ScalingPolicy.TOLERANCE) {
            return wanted;
        }
        return load > wanted ? ceil(load) : Math.min(wanted, ceil(load * (1 + ScalingPolicy.TOLERANCE)));
    }

    /** A latency above its target grows the cluster in proportion; one that is well below lets one node go. */
    private static int byLatency(double ratio, int nodes) {
        if (ratio > 1 + ScalingPolicy.TOLERANCE) {
            return ceil(Math.min(ratio, MOST_BY_LATENCY) * nodes);
        }
        return ratio < EASY ? Math.max(1, nodes - 1) : nodes;
    }

    /** Products of binary fractions that are meant to be whole are a little more at times. */
    private static int ceil(double nodes) {
        return (int) Math.clamp((long) Math.ceil(nodes - 1e-9), 1, Integer.MAX_VALUE);
    }

    /** What one metric asks for; empty where it does not count or is not known. */
    OptionalInt of(Metric metric) {
        return parts.stream()
                .filter(part -> part.metric() == metric)
                .flatMapToInt(part -> part.desired().stream())
                .findFirst();
    }

    /** The numbers of all metrics, or of those that ask for more than {@code nodes}. */
    String words(int above) {
        var asking = parts.stream()
                .filter(part -> part.desired().isPresent() && part.desired().getAsInt() > above)
                .toList();
        return (asking.isEmpty() ? parts : asking).stream().map(Part::words).collect(Collectors.joining(", "));
    }

    /** Metrics that are not known in full, with why; empty where all are. */
    public Optional<String> missing() {
        var words = parts.stream()
                .filter(part -> part.error().isPresent())
                .map(part ->
                        "%s: %s".formatted(part.metric().key(), part.error().get()))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** @param errors whether to tell what is missing */
    Map<String, MetricStatus> status(boolean errors) {
        var status = new LinkedHashMap<String, MetricStatus>();
        parts.forEach(part -> status.put(part.metric().key(), part.status(errors)));
        return status;
    }
}
