package dev.heddle.core.autoscale;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.AutoScalingSpec;
import dev.heddle.api.weaviate.v1.ScalingBehaviorSpec;
import dev.heddle.api.weaviate.v1.ScalingRulesSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asks of the autoscaler, with its defaults.
 *
 * @param targets in the unit of each metric; at least one
 */
public record ScalingPolicy(int min, int max, Map<Metric, Double> targets, Rules up, Rules down) {
    /** Deviation from a target that changes nothing; the value of the Horizontal Pod Autoscaler. */
    public static final double TOLERANCE = 0.1;

    private static final Rules UP = new Rules(Duration.ZERO, Duration.ofSeconds(15));
    private static final Rules DOWN = new Rules(Duration.ofSeconds(600), Duration.ofSeconds(300));

    /**
     * @param window time over which a recommendation has to hold
     * @param cooldown time after any change before one in this direction
     */
    public record Rules(Duration window, Duration cooldown) {}

    /** Empty where it is switched off. */
    public static Optional<ScalingPolicy> of(WeaviateClusterSpec spec) {
        return enabled(spec).map(scaling -> {
            int max = scaling.maxReplicas();
            int min = requireNonNullElse(scaling.minReplicas(), requireNonNullElse(spec.replicas(), 1));
            var behavior = Optional.ofNullable(scaling.behavior());
            return new ScalingPolicy(
                    Math.min(min, max),
                    max,
                    targets(scaling),
                    rules(behavior.map(ScalingBehaviorSpec::scaleUp), UP),
                    rules(behavior.map(ScalingBehaviorSpec::scaleDown), DOWN));
        });
    }

    /** The schema makes sure of a maximum and of a target. */
    public static Optional<AutoScalingSpec> enabled(WeaviateClusterSpec spec) {
        return Optional.ofNullable(spec.autoScaling())
                .filter(scaling -> Boolean.TRUE.equals(scaling.enabled()) && scaling.maxReplicas() != null);
    }

    private static Map<Metric, Double> targets(AutoScalingSpec scaling) {
        var targets = new EnumMap<Metric, Double>(Metric.class);
        put(targets, Metric.CPU, scaling.targetCPU());
        put(targets, Metric.MEMORY, scaling.targetMemory());
        put(targets, Metric.QPS, scaling.targetQPS());
        Optional.ofNullable(scaling.targetLatency())
                .ifPresent(latency -> targets.put(Metric.LATENCY, seconds(latency)));
        return targets;
    }

    private static void put(Map<Metric, Double> targets, Metric metric, Integer value) {
        if (value != null) {
            targets.put(metric, value.doubleValue());
        }
    }

    /** @param text a number of ms or s, as the schema has it */
    static double seconds(String text) {
        return text.endsWith("ms")
                ? Double.parseDouble(text.substring(0, text.length() - 2)) / 1000
                : Double.parseDouble(text.substring(0, text.length() - 1));
    }

    private static Rules rules(Optional<ScalingRulesSpec> spec, Rules fallback) {
        return new Rules(
                spec.map(ScalingRulesSpec::stabilizationWindowSeconds)
                        .map(Duration::ofSeconds)
                        .orElse(fallback.window()),
                spec.map(ScalingRulesSpec::cooldownSeconds)
                        .map(Duration::ofSeconds)
                        .orElse(fallback.cooldown()));
    }

    int bound(int nodes) {
        return Math.clamp(nodes, min, max);
    }

    /** Beyond any window, so that a longer one finds what it needs. */
    Duration memory() {
        return up.window().compareTo(down.window()) > 0 ? up.window() : down.window();
    }
}
