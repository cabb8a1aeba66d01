package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.DeadPods;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Removes the pods of machines that are gone, where it is certain enough, so that they are made again elsewhere. */
@ApplicationScoped
public class DeadNodes {
    private static final Logger LOG = Logger.getLogger(DeadNodes.class);

    private final KubernetesClient client;
    private final WeaviateApi weaviate;
    private final EventRecorder events;
    private final Clock clock;
    /** Machines are cluster-scoped. */
    private final boolean mayLook;

    DeadNodes(KubernetesClient client, WeaviateApi weaviate, EventRecorder events, Clock clock, Settings settings) {
        this.client = client;
        this.weaviate = weaviate;
        this.events = events;
        this.clock = clock;
        this.mayLook = settings.clusterWide();
    }

    /** Asks for machines and other nodes only while a pod does not end, and only where that is permitted. */
    void bury(WeaviateCluster cluster, ClusterObservation seen) {
        if (!mayLook) {
            return;
        }
        for (var pod : DeadPods.suspects(seen.live())) {
            var node = node(pod.getSpec().getNodeName());
            if (node.isPresent()
                    && DeadPods.gone(
                            pod,
                            node,
                            heard(seen.live(), seen.credentials().operatorKey()),
                            seen.live(),
                            clock.instant())) {
                client.resource(pod).withGracePeriod(0).delete();
                events.record(
                        cluster,
                        new Announcement(
                                true,
                                "PodRemovedFromDeadNode",
                                "Pod %s could not end, because kubelet of node %s does not report; no other Weaviate node hears of it. It is made again."
                                        .formatted(
                                                pod.getMetadata().getName(),
                                                pod.getSpec().getNodeName())));
            }
        }
    }

    private Optional<Node> node(String name) {
        try {
            return Optional.ofNullable(client.nodes().withName(name).get());
        } catch (KubernetesClientException refused) {
            LOG.debugf("Node %s cannot be read: HTTP %d", name, refused.getCode());
            return Optional.empty();
        }
    }

    private Set<String> heard(LiveCluster live, String key) {
        return live.pods().stream()
                .filter(PodTrouble::ready)
                .map(Pod::getStatus)
                .filter(status -> status.getPodIP() != null)
                .findFirst()
                .map(status -> names(new Endpoint(status.getPodIP(), Ports.HTTP, key)))
                .orElse(Set.of());
    }

    private Set<String> names(Endpoint endpoint) {
        try {
            return weaviate.nodes(endpoint).nodes().stream()
                    .map(NodesReply.Node::name)
                    .collect(Collectors.toSet());
        } catch (WeaviateException problem) {
            return Set.of();
        }
    }
}
