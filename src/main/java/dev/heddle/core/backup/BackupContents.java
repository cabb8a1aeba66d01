package dev.heddle.core.backup;

import java.util.Collections;
import java.util.Map;

/**
 * What lies in a bucket under the id of one backup, as Weaviate wrote it.
 *
 * @param coordinator backup_config.json
 * @param nodes NODE/backup.json by node; only those that are there
 * @param objects sizes in bytes by key; the keys begin with the id of the backup, or with that of one it builds upon
 */
public record BackupContents(
        String id, BackupDescriptor coordinator, Map<String, NodeDescriptor> nodes, Map<String, Long> objects) {

    // As many as there are chunks: wrapped, not copied.
    public BackupContents {
        nodes = Collections.unmodifiableMap(nodes);
        objects = Collections.unmodifiableMap(objects);
    }

    /** All that lies under the backup's own id. */
    public long bytes() {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(id + "/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
