package dev.heddle.core.manifest;

import dev.heddle.api.weaviate.v1.ServiceSpec;
import dev.heddle.api.weaviate.v1.ServiceType;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ModulePlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** The Services: for clients, for peers, and one for each inference module. */
public final class ServiceManifests {
    private ServiceManifests() {}

    public static Map<String, Service> of(ClusterPlan plan) {
        var services = new ArrayList<Service>();
        services.add(headless(plan));
        services.add(client(plan));
        plan.modules().stream()
                .filter(module -> module.inference().isPresent())
                .map(module -> module(plan, module))
                .forEach(services::add);
        return Children.byName(services);
    }

    private static Service headless(ClusterPlan plan) {
        return new ServiceBuilder()
                .withMetadata(Children.metadata(
                                plan, plan.names().headlessService(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .withNewSpec()
                .withClusterIP("None")
                // Peers have to find each other before they are ready.
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selector(plan.names(), Labels.DATABASE))
                .withPorts(
                        port("gossip", Ports.GOSSIP, "tcp"),
                        port("data", Ports.DATA, "tcp"),
                        port("raft", Ports.RAFT, "tcp"),
                        port("raft-rpc", Ports.RAFT_RPC, "tcp"))
                .endSpec()
                .build();
    }

    private static Service client(ClusterPlan plan) {
        var labels = Labels.of(plan.names(), Labels.DATABASE);
        // Tells the two Services apart for whoever selects one by label, such as a ServiceMonitor.
        labels.put("heddle.dev/service", "client");
        var service = Optional.ofNullable(plan.spec().service());
        var builder = new ServiceBuilder()
                .withMetadata(Children.metadata(plan, plan.names().clientService(), labels)
                        .withAnnotations(service.map(ServiceSpec::annotations).orElse(Map.of()))
                        .build())
                .withNewSpec()
                .withType(service.map(ServiceSpec::type)
                        .orElse(ServiceType.CLUSTERIP)
                        .toString())
                .withSelector(Labels.selector(plan.names(), Labels.DATABASE))
                .addToPorts(new ServicePortBuilder(port("http", 80, "http"))
                        .withNewTargetPort("http")
                        .build())
                .addToPorts(new ServicePortBuilder(port("grpc", Ports.GRPC, "grpc"))
                        .withNewTargetPort("grpc")
                        .build());
        if (ClusterDefaults.metrics(plan.spec())) {
            builder.addToPorts(new ServicePortBuilder(port("metrics", Ports.METRICS, "http"))
                    .withNewTargetPort("metrics")
                    .build());
        }
        return builder.endSpec().build();
    }

    private static Service module(ClusterPlan plan, ModulePlan module) {
        return new ServiceBuilder()
                .withMetadata(Children.metadata(
                                plan, plan.names().module(module.name()), Labels.module(plan.names(), module.name()))
                        .build())
                .withNewSpec()
                .withSelector(Labels.moduleSelector(plan.names(), module.name()))
                .withPorts(new ServicePortBuilder(port("http", Ports.INFERENCE, "http"))
                        .withNewTargetPort("http")
                        .build())
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int number, String protocol) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withProtocol("TCP")
                .withAppProtocol(protocol.equals("tcp") ? null : protocol)
                .build();
    }
}
