package dev.heddle.weaviate;

import java.util.Map;

/**
 * Requests of users that a node has served since it started. Those between nodes, of probes and of the operator are not
 * in it.
 *
 * @param requests number of them
 * @param buckets cumulative numbers by upper bound, seconds; positive infinity is one of the bounds
 */
public record Traffic(double requests, Map<Double, Double> buckets) {}
