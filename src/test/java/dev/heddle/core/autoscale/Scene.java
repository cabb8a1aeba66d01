package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A cluster whose autoscaler is fed by hand: what its status says is read back as a reconcile would. */
final class Scene {
    final WeaviateClusterSpec spec;
    Instant now = Samples.NOW;
    int nodes;
    Freedom freedom = Freedom.ANY;
    OptionalInt factor = OptionalInt.of(1);
    boolean stuck;
    Standing standing;
    Course course;

    /** @param scaling fields of autoScaling, in YAML flow style */
    Scene(int replicas, String scaling) {
        this(replicas, scaling, "");
    }

    Scene(int replicas, String scaling, String more) {
        spec = Samples.spec("replicas: %d\nautoScaling: {enabled: true, %s}\n%s".formatted(replicas, scaling, more));
        nodes = replicas;
        standing = new Standing(Autoscaler.start(policy(), replicas, 1), 1, freedom, Map.of(), Optional.empty(), false);
        course = Course.begin(standing.decision().nodes(), now);
    }

    ScalingPolicy policy() {
        return ScalingPolicy.of(spec).orElseThrow();
    }

    int wanted() {
        return standing.decision().nodes();
    }

    Scene after(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
        return this;
    }

    static Map<Metric, Reading> readings(Object... pairs) {
        var readings = new EnumMap<Metric, Reading>(Metric.class);
        for (int i = 0; i < pairs.length; i += 2) {
            readings.put(
                    (Metric) pairs[i],
                    switch (pairs[i + 1]) {
                        case Reading reading -> reading;
                        case Number value -> new Reading.Measured(value.doubleValue());
                        default -> throw new IllegalArgumentException(String.valueOf(pairs[i + 1]));
                    });
        }
        return readings;
    }

    /** A sample, and the reconcile that follows it. */
    Assessment sample(Object... readings) {
        return sample(readings(readings), Map.of());
    }

    Assessment sample(Map<Metric, Reading> readings, Map<String, Double> peaks) {
        course = course.with(policy(), new Sample(now, nodes, readings, peaks, factor), wanted());
        return reconcile();
    }

    Assessment reconcile() {
        standing = new Standing(
                standing.decision(), standing.voters(), freedom, standing.raised(), standing.raisedAt(), stuck);
        var said = Assessment.of(spec, standing, course, now);
        course = course.told(said.telling());
        var vertical = Optional.ofNullable(said.status().vertical());
        standing = new Standing(
                new Decision(
                        said.status().replicas(),
                        said.status().reason(),
                        Optional.ofNullable(said.status().lastScaleTime()).map(Instant::parse)),
                standing.voters(),
                freedom,
                vertical.map(status -> status.requests()).orElse(Map.<String, Quantity>of()),
                vertical.map(status -> status.lastRaiseTime()).map(Instant::parse),
                stuck);
        return said;
    }
}
