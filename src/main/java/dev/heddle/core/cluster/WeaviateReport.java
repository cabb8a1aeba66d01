package dev.heddle.core.cluster;

import java.util.List;
import java.util.Set;

/** What Weaviate says of itself; "unreachable" is a value, not an exception. */
public sealed interface WeaviateReport {

    /** Nobody was asked, because no pod is ready. */
    record NotAsked() implements WeaviateReport {}

    /** No answer in time, or none that makes sense. */
    record Unreachable(String why) implements WeaviateReport {}

    /** Weaviate answered, and refused. */
    record Refused(int status, String message) implements WeaviateReport {}

    /**
     * @param nodes those that gossip sees at the moment: a dead node is absent, not listed as unhealthy
     * @param raft the Raft view of each node that answered
     * @param inSync whether all of them have applied the same Raft log; not so for moments while the schema changes
     */
    record Answered(List<Node> nodes, List<RaftView> raft, boolean inSync) implements WeaviateReport {
        public Answered(List<Node> nodes, List<RaftView> raft) {
            this(nodes, raft, true);
        }

        /** As if these nodes were gone already. */
        public Answered without(Set<String> leaving) {
            return leaving.isEmpty()
                    ? this
                    : new Answered(
                            nodes.stream()
                                    .filter(node -> !leaving.contains(node.name()))
                                    .toList(),
                            raft.stream()
                                    .filter(view -> !leaving.contains(view.name()))
                                    .map(view -> view.without(leaving))
                                    .toList(),
                            inSync);
        }
    }

    /**
     * One node of GET /v1/nodes; shards and objects are 0 where Weaviate gives none.
     *
     * @param readOnly its shards that take no writes
     * @param paused whether the whole node takes none, because writes are paused
     */
    record Node(
            String name,
            String version,
            String status,
            long shards,
            long objects,
            List<Shard> readOnly,
            boolean paused) {
        public boolean healthy() {
            return "HEALTHY".equals(status);
        }
    }

    /** @param name of the shard, which for a collection with tenants is the tenant */
    record Shard(String collection, String name) {}

    /**
     * One node of GET /v1/cluster/statistics.
     *
     * @param leader name of the leader it knows; empty while there is none
     * @param voters names with suffrage Voter in its configuration; empty when it gave no configuration
     * @param peers all names in its configuration
     */
    record RaftView(
            String name, boolean ready, boolean isLeader, String leader, List<String> voters, List<String> peers) {
        RaftView without(Set<String> leaving) {
            return new RaftView(
                    name,
                    ready,
                    isLeader,
                    leader,
                    voters,
                    peers.stream().filter(peer -> !leaving.contains(peer)).toList());
        }
    }
}
