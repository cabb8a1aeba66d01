package dev.heddle.weaviatecluster;

import java.util.Set;

/**
 * What conditions of the workflow need, apart from the plan.
 *
 * @param kinds optional API groups that the API server knows, as group/version
 */
public record ClusterContext(Set<String> kinds) {}
