package dev.heddle.api.weaviate.v1;

/** Parts of CEL rules that several blocks share. */
final class Rules {
    /** Environment that Heddle decides: identity, Raft, ports, data path, modules. */
    static final String RESERVED_ENV =
            "['CLUSTER_HOSTNAME','CLUSTER_JOIN','CLUSTER_GOSSIP_BIND_PORT','CLUSTER_DATA_BIND_PORT','CLUSTER_IN_LOCALHOST',"
                    + "'RAFT_JOIN','RAFT_PORT','RAFT_INTERNAL_RPC_PORT','RAFT_BOOTSTRAP_EXPECT','PERSISTENCE_DATA_PATH',"
                    + "'ENABLE_MODULES','GOMEMLIMIT','GRPC_PORT','PROMETHEUS_MONITORING_ENABLED','PROMETHEUS_MONITORING_PORT',"
                    + "'CLUSTER_BASIC_AUTH_USERNAME','CLUSTER_BASIC_AUTH_PASSWORD']";
    /** Condition on a label or annotation key k. */
    static final String LABEL_KEY =
            "k.matches('^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$')";

    private Rules() {}
}
