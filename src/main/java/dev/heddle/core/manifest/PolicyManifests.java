package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What others may do to the pods: evict them one by one, and reach them on some ports. */
public final class PolicyManifests {
    private PolicyManifests() {}

    /** None for a single pod: a budget there would only block the drain of a node for ever. */
    public static Map<String, PodDisruptionBudget> budgets(ClusterPlan plan) {
        if (plan.replicas() < 2) {
            return Map.of();
        }
        return Children.byName(new PodDisruptionBudgetBuilder()
                .withMetadata(Children.metadata(plan, plan.names().cluster(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .withNewSpec()
                .withNewMaxUnavailable(1)
                .withNewSelector()
                .withMatchLabels(Labels.selector(plan.names(), Labels.DATABASE))
                .endSelector()
                .endSpec()
                .build());
    }

    /**
     * Gossip has no cluster id and the cluster API no authentication before 1.35.20, so only the cluster's own pods
     * reach them; pod addresses that move between clusters then do no harm (weaviate#5871).
     */
    public static Map<String, NetworkPolicy> networkPolicies(ClusterPlan plan) {
        if (!ClusterDefaults.networkPolicy(plan.spec())) {
            return Map.of();
        }
        var policies = new ArrayList<NetworkPolicy>();
        policies.add(database(plan));
        if (plan.modules().stream().anyMatch(module -> module.inference().isPresent())) {
            policies.add(inference(plan));
        }
        return Children.byName(policies);
    }

    private static NetworkPolicy database(ClusterPlan plan) {
        var internal = Stream.concat(
                        Ports.INTERNAL.stream().map(port -> port(port, "TCP")), Stream.of(port(Ports.GOSSIP, "UDP")))
                .toList();
        var builder = new NetworkPolicyBuilder()
                .withMetadata(Children.metadata(plan, plan.names().cluster(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(plan.names(), Labels.DATABASE))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withFrom(pods(plan, Labels.DATABASE))
                .withPorts(internal)
                .endIngress()
                .addNewIngress()
                .withPorts(port(Ports.HTTP, "TCP"), port(Ports.GRPC, "TCP"), port(Ports.METRICS, "TCP"))
                .endIngress();
        if (!plan.settings().namespace().isEmpty()) {
            builder.addNewIngress()
                    .withFrom(operator(plan))
                    .withPorts(List.of(port(Ports.DATA, "TCP")))
                    .endIngress();
        }
        return builder.endSpec().build();
    }

    private static NetworkPolicy inference(ClusterPlan plan) {
        return new NetworkPolicyBuilder()
                .withMetadata(Children.metadata(
                                plan, plan.names().module("inference"), Labels.of(plan.names(), Labels.INFERENCE))
                        .build())
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(plan.names(), Labels.INFERENCE))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withFrom(pods(plan, Labels.DATABASE))
                .withPorts(port(Ports.INFERENCE, "TCP"))
                .endIngress()
                .endSpec()
                .build();
    }

    private static NetworkPolicyPeer pods(ClusterPlan plan, String component) {
        return new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(Labels.selector(plan.names(), component))
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPeer operator(ClusterPlan plan) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", plan.settings().namespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels(Labels.NAME, "heddle")
                .addToMatchLabels(Labels.COMPONENT, "operator")
                .endPodSelector()
                .build();
    }

    private static NetworkPolicyPort port(int number, String protocol) {
        return new NetworkPolicyPortBuilder()
                .withNewPort(number)
                .withProtocol(protocol)
                .build();
    }
}
