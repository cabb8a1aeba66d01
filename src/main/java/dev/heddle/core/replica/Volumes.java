package dev.heddle.core.replica;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The volumes that hold the cluster's data, by the UIDs of their claims. A node whose claim is another one than it was
 * has come back empty, whatever Weaviate says of it (weaviate-live §J).
 *
 * @param known UID of the claim that was last known to hold the node's data
 * @param replaced nodes whose claim is another one
 */
public record Volumes(SortedMap<String, String> known, SortedSet<String> replaced) {

    /**
     * @param before as it was known, by node
     * @param present UIDs of the claims that there are, by node
     * @param nodes those of the plan; what is known of others is forgotten
     */
    public static Volumes of(Map<String, String> before, Map<String, String> present, Iterable<String> nodes) {
        var known = new TreeMap<String, String>();
        var replaced = new TreeSet<String>();
        for (var node : nodes) {
            var uid = before.getOrDefault(node, present.get(node));
            if (uid != null) {
                known.put(node, uid);
            }
            if (uid != null && present.containsKey(node) && !uid.equals(present.get(node))) {
                replaced.add(node);
            }
        }
        return new Volumes(known, replaced);
    }

    /**
     * Nodes that left and still have replicas: with another volume than the one they left with they come back empty.
     *
     * @param gone UIDs of their claims by node; anything that is none where there is no claim left
     */
    public Volumes remembering(Map<String, String> gone) {
        var more = new TreeMap<>(gone);
        more.putAll(known);
        return new Volumes(more, replaced);
    }

    /** The node's data is complete again, or its loss is accepted. */
    public Volumes accepting(String node, Map<String, String> present) {
        var now = new TreeMap<>(known);
        now.put(node, present.get(node));
        var left = new TreeSet<>(replaced);
        left.remove(node);
        return new Volumes(now, left);
    }
}
