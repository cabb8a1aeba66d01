package dev.heddle.core.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Goes through one backup and notes what is wrong with it. */
final class BackupInspection {
    private static final String SUCCESS = "SUCCESS";
    /** More of them say nothing new, and a status has to hold them. */
    private static final int MOST_PROBLEMS = 10;
    /** Deflate cannot make anything smaller than this part of it (zlib, technical details). */
    private static final long DEFLATE_LIMIT = 1032;
    /** A tar holds its files whole; half leaves room for files that shrank between being measured and being read. */
    private static final long TAR_LIMIT = 2;

    private final BackupContents contents;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> collections = new TreeSet<>();
    private final Map<String, Set<String>> missingShards = new TreeMap<>();
    private final Map<String, Set<String>> missingTenants = new TreeMap<>();

    private BackupInspection(BackupContents contents) {
        this.contents = contents;
    }

    static BackupProof of(BackupContents contents) {
        var inspection = new BackupInspection(contents);
        inspection.coordinator();
        new TreeMap<>(contents.coordinator().nodes()).forEach(inspection::node);
        inspection.shards();
        return inspection.proof();
    }

    private void coordinator() {
        var coordinator = contents.coordinator();
        outcome("it", contents.id(), coordinator.id(), coordinator.status(), coordinator.error());
        if (coordinator.nodes().isEmpty()) {
            problems.add("it names no node");
        }
    }

    private void node(String node, BackupDescriptor.Participant participant) {
        var status = participant.status().isEmpty() ? SUCCESS : participant.status();
        outcome("node " + node, contents.id(), contents.id(), status, participant.error());
        collections.addAll(participant.collections());
        var descriptor = contents.nodes().get(node);
        if (descriptor == null) {
            problems.add("node %s has written no backup.json".formatted(node));
            return;
        }
        var what = "backup.json of node " + node;
        outcome(what, contents.id(), descriptor.id(), descriptor.status(), descriptor.error());
        sameCollections(node, participant, descriptor);
        long bytes = 0;
        for (var collection : descriptor.collections()) {
            bytes += chunks(node, collection);
            borrowed(node, collection);
        }
        plausible(node, descriptor.preCompressionBytes(), bytes);
    }

    /** A status of its own is asked for wherever there is one: the coordinator's alone proves no node's. */
    private void outcome(String what, String id, String ownId, String status, String error) {
        if (!id.equals(ownId)) {
            problems.add("%s is of backup %s".formatted(what, ownId));
        }
        if (!SUCCESS.equals(status)) {
            problems.add("%s has status %s".formatted(what, status));
        }
        if (!error.isEmpty()) {
            problems.add("%s tells of an error: %s".formatted(what, error));
        }
    }

    private void sameCollections(String node, BackupDescriptor.Participant asked, NodeDescriptor descriptor) {
        var written = new TreeSet<String>();
        descriptor.collections().forEach(collection -> written.add(collection.name()));
        for (var name : new TreeSet<>(asked.collections())) {
            if (!written.remove(name)) {
                problems.add("backup.json of node %s lacks collection %s".formatted(node, name));
            }
        }
        written.forEach(name ->
                problems.add("backup.json of node %s has collection %s, of which backup_config.json knows nothing"
                        .formatted(node, name)));
    }

    private long chunks(String node, CollectionDescriptor collection) {
        long bytes = 0;
        for (var number : new TreeSet<>(collection.chunks())) {
            bytes += chunk("%s/%s/%s/chunk-%s".formatted(contents.id(), node, collection.name(), number));
        }
        if (!collection.shards().isEmpty()
                && collection.chunks().isEmpty()
                && collection.borrowed().isEmpty()) {
            problems.add("collection %s has shards on node %s, but no chunk".formatted(collection.name(), node));
        }
        var placed = new HashSet<>(collection.placed());
        placed.removeAll(collection.shards());
        (collection.tenants() ? missingTenants : missingShards)
                .merge(collection.name(), placed, BackupInspection::inBoth);
        return bytes;
    }

    private static Set<String> inBoth(Set<String> some, Set<String> others) {
        some.retainAll(others);
        return some;
    }

    private void borrowed(String node, CollectionDescriptor collection) {
        new TreeMap<>(collection.borrowed()).forEach((base, keys) -> new TreeSet<>(keys)
                .forEach(key -> chunk("%s/%s/%s".formatted(base, node, key))));
    }

    private long chunk(String key) {
        var size = contents.objects().get(key);
        if (size == null) {
            problems.add("%s is missing".formatted(key));
            return 0;
        }
        if (size <= 0) {
            problems.add("%s is empty".formatted(key));
        }
        return size;
    }

    /** Only what cannot be otherwise: zstd knows no limit, and an incremental backup holds but a part of what it counts. */
    private void plausible(String node, long before, long bytes) {
        if (contents.coordinator().base().isPresent()) {
            return;
        }
        long most =
                switch (contents.coordinator().compression()) {
                    case "gzip" -> DEFLATE_LIMIT;
                    case "none" -> TAR_LIMIT;
                    default -> Long.MAX_VALUE;
                };
        if (before / most > bytes) {
            problems.add(
                    "chunks of node %s have %d bytes, too few for %d bytes of data".formatted(node, bytes, before));
        }
    }

    /** A tenant may have been made, or put to sleep, while the backup ran; the shards of other collections stay. */
    private void shards() {
        missingShards.forEach((collection, shards) -> new TreeSet<>(shards)
                .forEach(shard ->
                        problems.add("shard %s of collection %s is on no node's list".formatted(shard, collection))));
    }

    private BackupProof proof() {
        var told = new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        if (problems.size() > MOST_PROBLEMS) {
            told.add("and %d more".formatted(problems.size() - MOST_PROBLEMS));
        }
        return new BackupProof(
                told,
                contents.bytes(),
                contents.coordinator().preCompressionBytes(),
                contents.objects().keySet().stream()
                        .filter(key -> key.startsWith(contents.id() + "/"))
                        .count(),
                collections,
                contents.coordinator().nodes().keySet(),
                contents.coordinator().serverVersion(),
                missingTenants.values().stream().mapToLong(Set::size).sum());
    }
}
