package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/cluster/statistics. */
@RegisterForReflection
public record StatisticsReply(List<Node> statistics) {
    public StatisticsReply {
        statistics = Present.of(statistics);
    }

    /** @param leaderId empty or null while the node knows no leader */
    @RegisterForReflection
    public record Node(String name, String status, boolean ready, boolean dbLoaded, String leaderId, Raft raft) {}

    /** @param state Leader, Follower or Candidate */
    @RegisterForReflection
    public record Raft(String state, List<Server> latestConfiguration) {
        public Raft {
            latestConfiguration = Present.of(latestConfiguration);
        }
    }

    /** @param suffrage 0 is a voter, 1 is not */
    @RegisterForReflection
    public record Server(String id, int suffrage) {
        public boolean voter() {
            return suffrage == 0;
        }
    }
}
