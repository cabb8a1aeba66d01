package dev.heddle.bucket;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.NodeDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A backup that a real Weaviate made: its descriptors, and the sizes of its objects. 1.35.2 is of three nodes and
 * called "three", 1.36.0 of one node and called "small"; both hold Books (two shards), Tenants (two tenants of which
 * one is active, and one that was never active) and NoTenants.
 */
record RealBackup(String version, String id) {
    static final RealBackup THREE_NODES = new RealBackup("1.35.2", "three");
    static final RealBackup ONE_NODE = new RealBackup("1.36.0", "small");

    /** Sizes by key below the id. */
    Map<String, Long> objects() {
        var objects = new TreeMap<String, Long>();
        new String(bytes("objects.txt"), StandardCharsets.UTF_8).lines().forEach(line -> {
            var words = line.split(" ");
            objects.put(words[0], Long.parseLong(words[1]));
        });
        return objects;
    }

    /** What lies under a key below the id: descriptors as they were, chunks as zeros of the same length. */
    byte[] content(String key) {
        return key.endsWith(".json")
                ? bytes(key)
                : new byte[Math.toIntExact(objects().get(key))];
    }

    BackupContents contents() throws Exception {
        var coordinator = Descriptors.coordinator(open("backup_config.json"));
        var nodes = new HashMap<String, NodeDescriptor>();
        for (var node : coordinator.nodes().keySet()) {
            nodes.put(node, Descriptors.node(open(node + "/backup.json")));
        }
        var objects = new HashMap<String, Long>();
        objects().forEach((key, size) -> objects.put(id + "/" + key, size));
        return new BackupContents(id, coordinator, nodes, objects);
    }

    InputStream open(String key) {
        return Objects.requireNonNull(
                RealBackup.class.getResourceAsStream("/backup/weaviate-%s/%s".formatted(version, key)), key);
    }

    private byte[] bytes(String key) {
        try (var content = open(key)) {
            return content.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
