package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The claims of nodes that left empty. A mark on the claim tells it from one that holds data; the mark is set before
 * the node leaves, so that at no moment a claim without it stands for a node that is gone.
 */
final class DrainedClaims {
    private static final Logger LOG = Logger.getLogger(DrainedClaims.class);
    private final KubernetesClient client;

    DrainedClaims(KubernetesClient client) {
        this.client = client;
    }

    static boolean marked(LiveCluster live, int ordinal) {
        return of(live, ordinal).map(LiveCluster::drained).orElse(true);
    }

    void mark(LiveCluster live, int ordinal) {
        of(live, ordinal).ifPresent(claim -> annotate(claim, "\"true\""));
    }

    /** A node that does not leave after all has its claim again. */
    void unmark(LiveCluster live, int nodes) {
        live.claims().stream()
                .filter(LiveCluster::drained)
                .filter(claim -> Names.ordinal(claim) < nodes)
                .forEach(claim -> annotate(claim, "null"));
    }

    /**
     * Deletes the drained claims that are in the way of new nodes: Raft's state on them is that of a node which was
     * removed. With reclaimPolicy Delete all of them go as soon as their pods are gone.
     *
     * @param nodes that the StatefulSet has
     * @return those in the way, which are there until they are gone
     */
    List<PersistentVolumeClaim> clear(ClusterPlan plan, LiveCluster live, int nodes) {
        boolean all = ClusterDefaults.reclaimPolicy(plan.spec()) == ReclaimPolicy.DELETE;
        var spare = live.claims().stream()
                .filter(LiveCluster::drained)
                .filter(claim -> Names.ordinal(claim) >= nodes)
                .toList();
        var blocking = spare.stream()
                .filter(claim -> Names.ordinal(claim) < plan.replicas())
                .toList();
        (all ? spare : blocking)
                .stream()
                        .filter(claim -> claim.getMetadata().getDeletionTimestamp() == null)
                        .filter(claim ->
                                live.pods().stream().noneMatch(pod -> Names.ordinal(pod) == Names.ordinal(claim)))
                        .forEach(claim -> {
                            LOG.infof(
                                    "Deleting claim %s/%s, which its node left empty",
                                    claim.getMetadata().getNamespace(),
                                    claim.getMetadata().getName());
                            client.resource(claim).delete();
                        });
        return blocking;
    }

    private static Optional<PersistentVolumeClaim> of(LiveCluster live, int ordinal) {
        return live.claims().stream()
                .filter(claim -> Names.ordinal(claim) == ordinal)
                .findFirst();
    }

    /** @param value as JSON; null takes the annotation away */
    private void annotate(PersistentVolumeClaim claim, String value) {
        var note = "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(Labels.DRAINED, value);
        client.resource(claim).patch(PatchContext.of(PatchType.JSON_MERGE), note);
    }
}
