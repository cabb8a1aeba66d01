package dev.heddle.core.manifest;

import dev.heddle.api.weaviate.v1.MeshType;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Membership in a service mesh. Gossip, Raft and the cluster API stay outside: they are not HTTP, and gossip is UDP too. */
public final class Mesh {
    private Mesh() {}

    static Map<String, String> podLabels(ClusterPlan plan) {
        return type(plan) == MeshType.ISTIO ? Map.of("sidecar.istio.io/inject", "true") : Map.of();
    }

    static Map<String, String> podAnnotations(ClusterPlan plan) {
        var ports = Ports.INTERNAL.stream().map(String::valueOf).collect(Collectors.joining(","));
        var annotations = new TreeMap<String, String>();
        if (type(plan) == MeshType.ISTIO) {
            annotations.put("traffic.sidecar.istio.io/excludeInboundPorts", ports);
            annotations.put("traffic.sidecar.istio.io/excludeOutboundPorts", ports);
        } else if (type(plan) == MeshType.LINKERD) {
            annotations.put("linkerd.io/inject", "enabled");
            annotations.put("config.linkerd.io/skip-inbound-ports", ports);
            annotations.put("config.linkerd.io/skip-outbound-ports", ports);
            if (mutual(plan)) {
                annotations.put("config.linkerd.io/default-inbound-policy", "all-authenticated");
            }
        }
        return annotations;
    }

    /** Strict mutual TLS for the database's pods; empty unless Istio with mTLS is asked for. */
    public static Map<String, GenericKubernetesResource> peerAuthentications(ClusterPlan plan) {
        if (type(plan) != MeshType.ISTIO || !mutual(plan)) {
            return Map.of();
        }
        return Children.byName(istio(
                plan,
                "security.istio.io/v1",
                "PeerAuthentication",
                Map.of(
                        "selector", Map.of("matchLabels", Labels.selector(plan.names(), Labels.DATABASE)),
                        "mtls", Map.of("mode", "STRICT"))));
    }

    /** Clients in the mesh speak mutual TLS to the database. */
    public static Map<String, GenericKubernetesResource> destinationRules(ClusterPlan plan) {
        if (type(plan) != MeshType.ISTIO || !mutual(plan)) {
            return Map.of();
        }
        var host = "%s.%s.svc.%s"
                .formatted(
                        plan.names().clientService(),
                        plan.names().namespace(),
                        plan.settings().clusterDomain());
        return Children.byName(istio(
                plan,
                "networking.istio.io/v1",
                "DestinationRule",
                Map.of("host", host, "trafficPolicy", Map.of("tls", Map.of("mode", "ISTIO_MUTUAL")))));
    }

    private static GenericKubernetesResource istio(
            ClusterPlan plan, String version, String kind, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(version)
                .withKind(kind)
                .withMetadata(Children.metadata(plan, plan.names().cluster(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .addToAdditionalProperties("spec", new TreeMap<>(spec))
                .build();
    }

    private static MeshType type(ClusterPlan plan) {
        return ClusterDefaults.mesh(plan.spec()).map(mesh -> mesh.type()).orElse(null);
    }

    static boolean mutual(ClusterPlan plan) {
        return ClusterDefaults.mesh(plan.spec())
                .map(mesh -> ClusterDefaults.on(mesh.mTLS()))
                .orElse(false);
    }
}
