package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.replica.Losses;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.dependent.EventRecorder;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * Claims whose volume does not exist any more: Kubernetes calls them Lost and leaves them to a person. Where everything
 * on such a volume has another replica, the claim is made again, and {@link ReplacedVolumes} fills it.
 */
@ApplicationScoped
public class LostClaims {
    private final KubernetesClient client;
    private final ShardSource shards;
    private final EventRecorder events;

    LostClaims(KubernetesClient client, WeaviateApi weaviate, EventRecorder events) {
        this.client = client;
        this.shards = new ShardSource(weaviate);
        this.events = events;
    }

    /** One at a time, and only while all other nodes are ready. */
    ClusterPlan of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        var lost = seen.live().claims().stream()
                .filter(claim -> claim.getStatus() != null
                        && "Lost".equals(claim.getStatus().getPhase())
                        && claim.getMetadata().getDeletionTimestamp() == null
                        && Names.ordinal(claim) < plan.replicas())
                .toList();
        var ready = seen.live().pods().stream().filter(PodTrouble::ready).toList();
        if (lost.size() != 1 || ready.size() < Math.max(1, plan.replicas() - 1)) {
            return plan;
        }
        var claim = lost.getFirst();
        var node = plan.names().node(Names.ordinal(claim));
        boolean serves =
                ready.stream().anyMatch(pod -> node.equals(pod.getMetadata().getName()));
        var endpoint = new Endpoint(
                ready.getFirst().getStatus().getPodIP(),
                Ports.HTTP,
                seen.credentials().operatorKey());
        var replaced = plan.storage().volumes().replaced();
        if (serves || !(shards.of(endpoint) instanceof ShardReport.Known known)) {
            return plan;
        }
        var empty = Stream.concat(replaced.stream(), Stream.of(node)).distinct().toList();
        var losses = Losses.of(known.layout(), plan.names().nodes(plan.replicas()), plan.voters(), empty);
        var only = losses.collections().getOrDefault(node, List.of());
        if (!losses.of(node)) {
            replace(cluster, claim, node, seen.live().pods());
            return plan;
        }
        return plan.with(List.of(new Finding(
                Topic.DATA_LOSS,
                "VolumeLost",
                "Claim %s has lost its volume, and %s. Bring the volume back (a PersistentVolume of the same name), or give the data up: kubectl delete pvc -n %s %s"
                        .formatted(
                                claim.getMetadata().getName(),
                                only.isEmpty()
                                        ? "with it went the Raft state"
                                        : "shards of %s have no replica elsewhere".formatted(String.join(", ", only)),
                                plan.names().namespace(),
                                claim.getMetadata().getName()))));
    }

    /** The pod as well: as long as it is there, the claim stays. */
    private void replace(WeaviateCluster cluster, PersistentVolumeClaim claim, String node, List<Pod> pods) {
        client.resource(claim).delete();
        pods.stream().filter(pod -> node.equals(pod.getMetadata().getName())).forEach(pod -> client.resource(pod)
                .delete());
        events.record(
                cluster,
                new Announcement(
                        true,
                        "LostVolumeReplaced",
                        "Claim %s had lost its volume and is made again; node %s gets its shards from the other replicas."
                                .formatted(claim.getMetadata().getName(), node)));
    }
}
