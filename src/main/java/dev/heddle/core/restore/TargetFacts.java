package dev.heddle.core.restore;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the cluster is that gets the data.
 *
 * @param version of Weaviate, by its own word
 * @param nodes names of those that are healthy
 * @param collections in its schema
 * @param aliases collection by alias
 * @param modules that are switched on
 * @param roles whether it has roles (RBAC)
 * @param users whether it has users in its database
 */
public record TargetFacts(
        String version,
        List<String> nodes,
        Set<String> collections,
        Map<String, String> aliases,
        Set<String> modules,
        boolean roles,
        boolean users) {

    public TargetFacts {
        nodes = List.copyOf(nodes);
        collections = Set.copyOf(collections);
        aliases = Map.copyOf(aliases);
        modules = Set.copyOf(modules);
    }
}
