package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Lets shards take writes again once the disk that made them read-only has room; Weaviate 1.35 never does it alone. */
@ApplicationScoped
public class ShardRecovery {
    private static final Logger LOG = Logger.getLogger(ShardRecovery.class);
    /** There may be a shard for each of thousands of tenants; the others follow in the next reconcile. */
    private static final int AT_ONCE = 200;

    private final WeaviateApi weaviate;

    ShardRecovery(WeaviateApi weaviate) {
        this.weaviate = weaviate;
    }

    /** What fails is tried again in the next reconcile: the shards are still read-only then. */
    void of(ClusterPlan plan, ClusterObservation seen) {
        var shards = plan.storage().recovering();
        var pod = seen.live().pods().stream().filter(PodTrouble::ready).findFirst();
        if (shards.isEmpty() || pod.isEmpty()) {
            return;
        }
        var endpoint = new Endpoint(
                pod.get().getStatus().getPodIP(), Ports.HTTP, plan.credentials().operatorKey());
        try {
            for (var shard : shards.subList(0, Math.min(AT_ONCE, shards.size()))) {
                weaviate.setReady(endpoint, shard.collection(), shard.name());
            }
        } catch (WeaviateException problem) {
            LOG.warnf("Shards of %s stay read-only for now: %s", plan.names(), problem.getMessage());
        }
    }
}
