package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.autoscale.Autoscaler.Freedom;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * A day of load, sampled every ten seconds, through the real decisions, with a model of the cluster: new nodes serve
 * after a while and then get their share, nodes that leave are drained one after the other.
 */
class RecordedDayTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration DECISION = Duration.ofSeconds(30);
    private static final Duration PODS = Duration.ofSeconds(120);
    private static final Duration REBALANCE = Duration.ofSeconds(90);
    private static final Duration DRAIN_OF_A_NODE = Duration.ofSeconds(180);
    /** Queries per second that a node serves before it is overloaded; the target keeps a third of it free. */
    private static final double CAPACITY = 300;

    private static final double CORES = 1.2;
    private static final String SPEC = "minReplicas: 3, maxReplicas: 20, targetQPS: 200, targetCPU: 65";

    private record Minute(double queries, double cores, String missing) {}

    private record Change(Instant at, int from, int to) {
        boolean grows() {
            return to > from;
        }
    }

    private final List<Minute> day = read();
    private final Scene scene = new Scene(3, SPEC);
    private final Instant start = scene.now;
    private final List<Change> changes = new ArrayList<>();
    private Instant serveAt = start;
    private Instant settledAt = start;
    private int most = 3;
    private double nodeHours;
    private Duration overloaded = Duration.ZERO;
    private Duration longestOverload = Duration.ZERO;

    @Test
    void followsTheLoadWithoutFlappingAndSavesNodeHours() {
        scene.factor = OptionalInt.of(3);
        long ticks = Duration.ofDays(1).dividedBy(TICK);
        for (long tick = 0; tick < ticks; tick++) {
            scene.now = start.plus(TICK.multipliedBy(tick));
            step(minute(tick));
        }
        double fixed = most * 24.0;
        double saved = 100 * (1 - nodeHours / fixed);
        System.err.printf(
                "recorded day: %d changes, %d to %d nodes; %.1f node-hours, %.0f with %d nodes all day: %.1f%% saved; longest overload %d s%n",
                changes.size(), 3, most, nodeHours, fixed, most, saved, longestOverload.toSeconds());
        assertThat(saved).isGreaterThanOrEqualTo(35);
        assertThat(longestOverload).isLessThanOrEqualTo(DECISION.plus(PODS));
        assertThat(turns())
                .as("changes of direction within the window: %s", changes)
                .isEmpty();
        assertThat(changes).hasSizeBetween(10, 80);
        assertThat(changes).filteredOn(change -> !change.grows()).isNotEmpty().allSatisfy(change -> assertThat(
                        missing(change.at()))
                .as("no scale-in while a metric is missing: %s", change)
                .isEmpty());
    }

    private void step(Minute load) {
        arrive();
        boolean busy = scene.now.isBefore(settledAt);
        scene.freedom = busy ? Freedom.QUERIES : Freedom.ANY;
        int before = scene.wanted();
        scene.sample(
                Metric.QPS,
                load.missing().contains("qps")
                        ? new Reading.Unreadable("db-0:2112: no answer within 3 s")
                        : load.queries() / scene.nodes,
                Metric.CPU,
                load.missing().contains("cpu")
                        ? new Reading.Unreadable("metrics.k8s.io cannot be read: HTTP 503.")
                        : 100 * load.cores() / (CORES * scene.nodes));
        if (scene.wanted() != before) {
            changes.add(new Change(scene.now, before, scene.wanted()));
            depart(before);
        }
        account(load);
    }

    private void depart(int before) {
        int nodes = scene.wanted();
        if (nodes > before) {
            serveAt = scene.now.plus(PODS);
            settledAt = serveAt.plus(REBALANCE);
        } else {
            settledAt = scene.now.plus(DRAIN_OF_A_NODE.multipliedBy(before - nodes));
        }
    }

    /** Nodes on their way cost, and serve later; nodes on their way out go on serving until they are empty. */
    private void arrive() {
        if (scene.wanted() > scene.nodes && !scene.now.isBefore(serveAt)) {
            scene.nodes = scene.wanted();
        }
        if (scene.wanted() < scene.nodes) {
            var left = Duration.between(scene.now, settledAt);
            int draining =
                    left.isPositive() ? (int) Math.ceil((double) left.toSeconds() / DRAIN_OF_A_NODE.toSeconds()) : 0;
            scene.nodes = Math.min(scene.nodes, scene.wanted() + draining);
        }
    }

    private void account(Minute load) {
        int paid = Math.max(scene.nodes, scene.wanted());
        most = Math.max(most, paid);
        nodeHours += paid * TICK.toSeconds() / 3600.0;
        overloaded = load.queries() > scene.nodes * CAPACITY ? overloaded.plus(TICK) : Duration.ZERO;
        longestOverload = overloaded.compareTo(longestOverload) > 0 ? overloaded : longestOverload;
    }

    private List<Change> turns() {
        var window = scene.policy().down().window();
        var turns = new ArrayList<Change>();
        for (int i = 1; i < changes.size(); i++) {
            var former = changes.get(i - 1);
            var next = changes.get(i);
            if (former.grows() != next.grows()
                    && Duration.between(former.at(), next.at()).compareTo(window) < 0) {
                turns.add(next);
            }
        }
        return turns;
    }

    private String missing(Instant at) {
        return minute(Duration.between(start, at).dividedBy(TICK)).missing();
    }

    /** Between two minutes the load changes evenly. */
    private Minute minute(long tick) {
        double at = tick * TICK.toSeconds() / 60.0;
        var now = day.get((int) at);
        var next = day.get(Math.min((int) at + 1, day.size() - 1));
        double share = at - (int) at;
        return new Minute(
                now.queries() + (next.queries() - now.queries()) * share,
                now.cores() + (next.cores() - now.cores()) * share,
                now.missing());
    }

    private static List<Minute> read() {
        var file = Objects.requireNonNull(RecordedDayTest.class.getResourceAsStream("/autoscale/day.csv"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .map(cell -> new Minute(Double.parseDouble(cell[1]), Double.parseDouble(cell[2]), cell[3]))
                    .toList();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
