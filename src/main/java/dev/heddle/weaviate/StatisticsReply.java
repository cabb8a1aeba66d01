package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/** GET /v1/cluster/statistics. */
@RegisterForReflection
public record StatisticsReply(List<Node> statistics) {
    public StatisticsReply {
        statistics = Objects.requireNonNullElse(statistics, List.of());
    }

    /** @param leaderId empty or null while the node knows no leader */
    @RegisterForReflection
    public record Node(String name, String status, boolean ready, boolean dbLoaded, String leaderId, Raft raft) {}

    /** @param state Leader, Follower or Candidate */
    @RegisterForReflection
    public record Raft(String state, List<Server> latestConfiguration) {
        public Raft {
            latestConfiguration = Objects.requireNonNullElse(latestConfiguration, List.of());
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
