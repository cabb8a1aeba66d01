package dev.heddle.core.backup;

import java.util.Map;
import java.util.Set;

/**
 * A collection in a node's descriptor.
 *
 * @param shards those that the node put into the backup
 * @param chunks numbers of its chunks, as the keys have them
 * @param definition also of shards that the node did not put into the backup
 * @param tenants whether its shards are tenants; Weaviate leaves inactive ones out of a backup
 * @param borrowed chunks of other backups in which files of this one lie: by id, keys below the node
 */
public record CollectionDescriptor(
        String name,
        Set<String> shards,
        Set<String> chunks,
        CollectionDefinition definition,
        boolean tenants,
        Map<String, Set<String>> borrowed) {

    public CollectionDescriptor {
        shards = Set.copyOf(shards);
        chunks = Set.copyOf(chunks);
        borrowed = Map.copyOf(borrowed);
    }

    /** All shards of the collection, by its sharding state, on whichever node. */
    public Set<String> placed() {
        return definition.homes().keySet();
    }
}
