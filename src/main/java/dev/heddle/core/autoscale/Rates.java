package dev.heddle.core.autoscale;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Requests in the time between two looks.
 *
 * @param perSecond of all nodes together
 * @param latency 95th percentile, seconds; empty where there were too few requests to tell
 */
public record Rates(double perSecond, Optional<Double> latency) {
    private static final double PERCENTILE = 0.95;
    /** Of fewer than these one slow request would be the percentile. */
    private static final double ENOUGH = 20;

    /** Two looks at the same node. */
    public record Looks(Counters former, Counters latest) {
        private double seconds() {
            return Duration.between(former.at(), latest.at()).toMillis() / 1000.0;
        }

        /** A process that began anew counts from zero. */
        private boolean reset() {
            return latest.requests() < former.requests();
        }

        private double requests() {
            return reset() ? latest.requests() : latest.requests() - former.requests();
        }

        private double bucket(double bound) {
            double before = reset() ? 0 : former.buckets().getOrDefault(bound, 0.0);
            return Math.max(0, latest.buckets().getOrDefault(bound, 0.0) - before);
        }
    }

    /** @param nodes with different times in their looks */
    public static Rates of(List<Looks> nodes) {
        double perSecond = nodes.stream()
                .mapToDouble(looks -> looks.requests() / looks.seconds())
                .sum();
        var buckets = new TreeMap<Double, Double>();
        nodes.forEach(looks -> looks.latest()
                .buckets()
                .keySet()
                .forEach(bound -> buckets.merge(bound, looks.bucket(bound), Double::sum)));
        return new Rates(perSecond, percentile(buckets));
    }

    /** As Prometheus does it: linear within a bucket; beyond the last finite bound, that bound. */
    private static Optional<Double> percentile(TreeMap<Double, Double> buckets) {
        double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
        if (all < ENOUGH) {
            return Optional.empty();
        }
        double rank = PERCENTILE * all;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            if (bucket.getValue() >= rank) {
                double share = (rank - below) / (bucket.getValue() - below);
                return Optional.of(bucket.getKey().isInfinite() ? lower : lower + (bucket.getKey() - lower) * share);
            }
            lower = bucket.getKey();
            below = Math.max(below, bucket.getValue());
        }
        return Optional.of(lower);
    }
}
