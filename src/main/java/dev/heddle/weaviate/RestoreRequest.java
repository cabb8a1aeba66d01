package dev.heddle.weaviate;

import java.util.List;
import java.util.Map;

/**
 * What is to be restored, and how.
 *
 * @param include names of collections, never empty
 * @param nodeMapping new name by old name of nodes that have other names; before 1.36.0 only an empty one is safe
 * @param cpuPercentage 1 to 80
 */
public record RestoreRequest(
        List<String> include,
        Map<String, String> nodeMapping,
        boolean roles,
        boolean users,
        boolean overwriteAliases,
        int cpuPercentage) {}
