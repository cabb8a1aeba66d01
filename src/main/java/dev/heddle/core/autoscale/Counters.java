package dev.heddle.core.autoscale;

import java.time.Instant;
import java.util.Map;

/**
 * What a node has counted since it started.
 *
 * @param requests requests of users
 * @param buckets cumulative numbers of them by upper bound of their duration, seconds
 */
public record Counters(Instant at, double requests, Map<Double, Double> buckets) {}
