package dev.heddle.core.replica;

import dev.heddle.core.scale.ShardLayout;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What nodes with replaced volumes held and no other node has.
 *
 * @param schema the Raft state went with the volumes: the schema, and so every collection, may be gone
 * @param collections by replaced node, those with shards that no node with its old volume holds; without nodes that lost
 *     nothing
 */
public record Losses(boolean schema, SortedMap<String, List<String>> collections) {

    /**
     * @param nodes those of the plan, by ordinal
     * @param voters how many of the first nodes keep the Raft state
     * @param replaced nodes whose volume is another one; they hold nothing, whatever the layout says
     */
    public static Losses of(ShardLayout layout, List<String> nodes, int voters, Collection<String> replaced) {
        var intact = nodes.stream().filter(node -> !replaced.contains(node)).toList();
        var collections = new TreeMap<String, List<String>>();
        for (var node : replaced) {
            var only = layout.only(
                    node, Stream.concat(intact.stream(), Stream.of(node)).toList());
            if (!only.isEmpty()) {
                collections.put(node, only);
            }
        }
        return new Losses(schemaGone(layout, nodes, voters, intact), collections);
    }

    /** Empty voters that outnumber the one with the state may have elected each other; then the schema is empty too. */
    private static boolean schemaGone(ShardLayout layout, List<String> nodes, int voters, List<String> intact) {
        long left = nodes.stream().limit(voters).filter(intact::contains).count();
        boolean majority = left > voters / 2;
        return !majority && (left == 0 || layout.collections().isEmpty());
    }

    public boolean of(String node) {
        return schema || collections.containsKey(node);
    }
}
