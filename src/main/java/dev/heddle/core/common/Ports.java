package dev.heddle.core.common;

import java.util.List;

/** Ports of a Weaviate node. Gossip and data ports are those of the official chart, the others Weaviate's defaults. */
public final class Ports {
    public static final int HTTP = 8080;
    public static final int GRPC = 50051;
    public static final int METRICS = 2112;
    /** memberlist, TCP and UDP. */
    public static final int GOSSIP = 7000;
    /** The cluster API; gossip + 1 by Weaviate's own rule. */
    public static final int DATA = 7001;

    public static final int RAFT = 8300;
    /** Raft's internal gRPC; it has no authentication at all. */
    public static final int RAFT_RPC = 8301;
    /** Ports that only peers may reach, and that a mesh must leave alone. */
    public static final List<Integer> INTERNAL = List.of(GOSSIP, DATA, RAFT, RAFT_RPC);
    /** Port of every inference container but contextionary's. */
    public static final int INFERENCE = 8080;

    private Ports() {}
}
