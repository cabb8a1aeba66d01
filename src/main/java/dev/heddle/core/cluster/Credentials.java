package dev.heddle.core.cluster;

/**
 * The generated secrets of one cluster: read back from its auth Secret, or new. Never logged, so no toString.
 *
 * @param adminKey API key of user admin
 * @param operatorKey API key of the operator's own user
 * @param clusterPassword basic auth between the nodes
 * @param users joined user names that Weaviate was last given; empty when new
 * @param keys joined keys of those users
 */
public record Credentials(String adminKey, String operatorKey, String clusterPassword, String users, String keys) {
    /** Name that goes with the cluster password. */
    public static final String CLUSTER_USER = "cluster";

    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
