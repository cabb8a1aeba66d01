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
        var labels = Labels.of(plan.names(), Labels.DATABASE);
        // Tells the two Services apart for a ServiceMonitor.
        labels.put(Labels.SERVICE, Labels.PEERS);
        var builder = new ServiceBuilder()
                .withMetadata(Children.metadata(plan, plan.names().headlessService(), labels)
                        .build())
                .withNewSpec()
                .withClusterIP("None")
                // Peers have to find each other before they are ready.
                .withPublishNotReadyAddresses(true)
                .withSelector(Labels.selector(plan.names(), Labels.DATABASE))
                .withPorts(
                        port("gossip", Ports.GOSSIP),
                        port("data", Ports.DATA),
                        port("raft", Ports.RAFT),
                        port("raft-rpc", Ports.RAFT_RPC));
        // Metrics have no authentication: here, because the other Service may be a load balancer.
        if (ClusterDefaults.metrics(plan.spec())) {
            builder.addToPorts(port("metrics", Ports.METRICS));
        }
        // A sidecar encrypts what goes to a pod's address only on ports that a Service lists.
        if (Mesh.mutual(plan)) {
            builder.addToPorts(port("http", Ports.HTTP));
        }
        return builder.endSpec().build();
    }

    private static Service client(ClusterPlan plan) {
        var service = Optional.ofNullable(plan.spec().service());
        return new ServiceBuilder()
                .withMetadata(Children.metadata(
                                plan, plan.names().clientService(), Labels.of(plan.names(), Labels.DATABASE))
                        .withAnnotations(service.map(ServiceSpec::annotations).orElse(Map.of()))
                        .build())
                .withNewSpec()
                .withType(service.map(ServiceSpec::type)
                        .orElse(ServiceType.CLUSTERIP)
                        .toString())
                .withSelector(Labels.selector(plan.names(), Labels.DATABASE))
                .withPorts(port("http", 80, "http"), port("grpc", Ports.GRPC, "grpc"))
                .endSpec()
                .build();
    }

    private static Service module(ClusterPlan plan, ModulePlan module) {
        return new ServiceBuilder()
                .withMetadata(Children.metadata(
                                plan, plan.names().module(module.name()), Labels.module(plan.names(), module.name()))
                        .build())
                .withNewSpec()
                .withSelector(Labels.moduleSelector(plan.names(), module.name()))
                .withPorts(port("http", Ports.INFERENCE, "http"))
                .endSpec()
                .build();
    }

    private static ServicePort port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withProtocol("TCP")
                .build();
    }

    /** Without appProtocol: some clouds' load balancers then ask "/" for health, which Weaviate does not serve. */
    private static ServicePort port(String name, int number, String target) {
        return new ServicePortBuilder(port(name, number))
                .withNewTargetPort(target)
                .build();
    }
}
