package dev.heddle.weaviate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/cluster/statistics. @param inSync null from a node that does not say */
@RegisterForReflection
public record StatisticsReply(
        List<Node> statistics, @JsonProperty("synchronized") Boolean inSync) {
    public StatisticsReply {
        statistics = Present.of(statistics);
    }

    public StatisticsReply(List<Node> statistics) {
        this(statistics, null);
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
