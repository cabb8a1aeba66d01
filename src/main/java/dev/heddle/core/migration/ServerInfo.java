package dev.heddle.core.migration;

import java.util.Set;

/**
 * What a side tells of itself.
 *
 * @param version such as {@code 1.36.0}
 * @param modules that are enabled
 * @param nodes that are there
 * @param clock milliseconds since 1970, by its clock; whole seconds
 * @param readOnly whether it refuses writes at present
 */
public record ServerInfo(String version, Set<String> modules, int nodes, long clock, boolean readOnly) {}
