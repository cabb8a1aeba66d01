package dev.heddle.core.backup;

import java.util.List;

/** NODE/backup.json: written last by each node. {@code error} is empty without one. */
public record NodeDescriptor(
        String id, String status, String error, List<CollectionDescriptor> collections, long preCompressionBytes) {

    public NodeDescriptor {
        collections = List.copyOf(collections);
    }
}
