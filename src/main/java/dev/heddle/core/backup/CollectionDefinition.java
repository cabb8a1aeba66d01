package dev.heddle.core.backup;

import java.util.Map;
import java.util.Set;

/**
 * What a collection was when it was backed up.
 *
 * @param homes nodes of each shard, of all shards on whichever node
 * @param modules names of the modules that its vectorizers and its configuration name
 * @param aliases names that stood for it
 */
public record CollectionDefinition(Map<String, Set<String>> homes, Set<String> modules, Set<String> aliases) {

    public CollectionDefinition {
        homes = Map.copyOf(homes);
        modules = Set.copyOf(modules);
        aliases = Set.copyOf(aliases);
    }
}
