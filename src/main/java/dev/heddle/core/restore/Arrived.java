package dev.heddle.core.restore;

import java.util.Map;
import java.util.Set;

/**
 * What the cluster has after a restore.
 *
 * @param replicas nodes by shard, by collection
 * @param aliases collection by alias
 * @param counts objects by node, by shard, by collection, where they can be counted
 */
public record Arrived(
        Map<String, Map<String, Set<String>>> replicas,
        Map<String, String> aliases,
        Map<String, Map<String, Map<String, Long>>> counts) {}
