package dev.heddle.core.scale;

import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Replicas on nodes that do not exist. Weaviate calls such a cluster healthy (weaviate-live §E). */
public final class Astray {
    public static final String REASON = "NodeDoesNotExist";
    /** Names in one message. */
    private static final int MENTIONED = 10;

    private Astray() {}

    /** @param nodes those that exist */
    public static boolean is(Shard shard, Collection<String> nodes) {
        return !nodes.containsAll(shard.replicas());
    }

    /** @param nodes those that exist */
    public static List<Finding> of(List<Shard> shards, List<String> nodes) {
        var astray = shards.stream().filter(shard -> is(shard, nodes)).toList();
        var lost = astray.stream().filter(shard -> shard.on(nodes).isEmpty()).toList();
        var findings = new ArrayList<Finding>();
        if (!astray.isEmpty()) {
            findings.add(new Finding(
                    Topic.REPLICAS,
                    REASON,
                    "Shards have replicas on nodes %s, which do not exist: %s. They have fewer copies than their collections ask for. Set spec.replicas so that these nodes exist again, or make the collections again."
                            .formatted(gone(astray, nodes), mention(astray))));
        }
        if (!lost.isEmpty()) {
            findings.add(new Finding(
                    Topic.DATA_LOSS,
                    REASON,
                    "Shards have no replica but on nodes that do not exist, and their objects cannot be read: %s. Bring these nodes back with their volumes (spec.replicas), or restore the collections from a backup."
                            .formatted(mention(lost))));
        }
        return List.copyOf(findings);
    }

    /** Nodes that have replicas and do not exist. @param nodes those that exist */
    public static SortedSet<String> gone(List<Shard> shards, List<String> nodes) {
        var gone = new TreeSet<String>();
        shards.forEach(shard -> gone.addAll(shard.replicas()));
        nodes.forEach(gone::remove);
        return gone;
    }

    private static String mention(List<Shard> shards) {
        int more = shards.size() - MENTIONED;
        return shards.stream()
                        .limit(MENTIONED)
                        .map(shard -> shard + " on " + String.join(", ", shard.replicas()))
                        .collect(Collectors.joining("; "))
                + (more > 0 ? " and more" : "");
    }
}
