package dev.heddle.core.cluster;

/**
 * What the operator itself is configured with, as far as plans depend on it.
 *
 * @param namespace the operator's own namespace; empty when it runs outside of Kubernetes
 * @param clusterDomain DNS domain of Services, usually cluster.local
 * @param clusterWide whether it may read nodes and make cluster-scoped objects
 */
public record Settings(String namespace, String clusterDomain, boolean clusterWide, Catalog catalog) {
    public Settings with(Catalog other) {
        return new Settings(namespace, clusterDomain, clusterWide, other);
    }
}
