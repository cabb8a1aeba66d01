package dev.heddle.core.cluster;

import java.util.Set;

/**
 * Kinds that others install, as group/version/kind: what an API server lists to everybody, so that asking needs no
 * rights. Children of these kinds are made only where the API server knows them.
 */
public final class OptionalKinds {
    public static final String PEER_AUTHENTICATION = "security.istio.io/v1/PeerAuthentication";
    public static final String DESTINATION_RULE = "networking.istio.io/v1/DestinationRule";
    public static final String SERVICE_MONITOR = "monitoring.coreos.com/v1/ServiceMonitor";
    public static final Set<String> ALL = Set.of(PEER_AUTHENTICATION, DESTINATION_RULE, SERVICE_MONITOR);

    private OptionalKinds() {}
}
