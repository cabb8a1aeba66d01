package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.CollectionDefinition;
import dev.heddle.core.backup.CollectionDescriptor;
import dev.heddle.core.backup.NodeDescriptor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A backup of db-0 and db-1: Books of one shard on both and alias Library, Users with a tenant on each. */
final class Backups {
    static final String ID = "b1";

    String status = "SUCCESS";
    String version = "1.36.0";
    String prefix = "db-";
    Set<String> modules = Set.of();
    Map<String, Set<String>> tenants = Map.of("ann", Set.of(prefix + 0), "bob", Set.of(prefix + 1));
    Set<String> inactive = Set.of();

    BackupContents build() {
        var nodes = List.of(prefix + 0, prefix + 1);
        var participants = new TreeMap<String, BackupDescriptor.Participant>();
        var descriptors = new HashMap<String, NodeDescriptor>();
        var objects = new HashMap<String, Long>();
        objects.put(ID + "/backup_config.json", 100L);
        for (var node : nodes) {
            participants.put(node, new BackupDescriptor.Participant(List.of("Books", "Users"), "SUCCESS", ""));
            var mine = tenants.entrySet().stream()
                    .filter(tenant -> tenant.getValue().contains(node) && !inactive.contains(tenant.getKey()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            var books = new CollectionDefinition(Map.of("s1", Set.copyOf(nodes)), modules, Set.of("Library"));
            descriptors.put(
                    node,
                    new NodeDescriptor(
                            ID,
                            "SUCCESS",
                            "",
                            List.of(
                                    new CollectionDescriptor(
                                            "Books", Set.of("s1"), Set.of("1"), books, false, Map.of()),
                                    new CollectionDescriptor(
                                            "Users",
                                            mine,
                                            Set.of("1"),
                                            new CollectionDefinition(tenants, Set.of(), Set.of()),
                                            true,
                                            Map.of())),
                            200));
            Stream.of("backup.json", "Books/chunk-1", "Users/chunk-1")
                    .forEach(key -> objects.put("%s/%s/%s".formatted(ID, node, key), 100L));
        }
        var coordinator = new BackupDescriptor(
                ID, status, "", Instant.EPOCH, Optional.empty(), participants, version, "gzip", Optional.empty(), 400);
        return new BackupContents(ID, coordinator, descriptors, objects);
    }

    static RestoreOrder order(String cluster, List<String> include, List<String> exclude, Map<String, String> mapping) {
        return new RestoreOrder(cluster, include, exclude, mapping, false, false, false, 50);
    }

    static TargetFacts target(String version, String... nodes) {
        return new TargetFacts(version, List.of(nodes), Set.of(), Map.of(), Set.of("backup-s3"), false, false);
    }
}
