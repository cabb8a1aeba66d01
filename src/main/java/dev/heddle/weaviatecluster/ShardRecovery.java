package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport.Shard;
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

    /** Whether every shard was let; what fails is tried again in the next reconcile: it is still read-only then. */
    boolean done(ClusterPlan plan, ClusterObservation seen) {
        var shards = plan.storage().recovering();
        if (shards.isEmpty()) {
            return true;
        }
        var pod = seen.live().pods().stream().filter(PodTrouble::ready).findFirst();
        if (pod.isEmpty()) {
            return false;
        }
        var endpoint = new Endpoint(
                pod.get().getStatus().getPodIP(), Ports.HTTP, plan.credentials().operatorKey());
        boolean all = shards.size() <= AT_ONCE;
        try {
            for (var shard : shards.subList(0, Math.min(AT_ONCE, shards.size()))) {
                all &= accepted(plan, endpoint, shard);
            }
            return all;
        } catch (WeaviateException problem) {
            LOG.warnf("Shards of %s stay read-only for now: %s", plan.names(), problem.getMessage());
            return false;
        }
    }

    /** One that is refused does not keep the others from it. */
    private boolean accepted(ClusterPlan plan, Endpoint endpoint, Shard shard) throws WeaviateException {
        try {
            weaviate.setReady(endpoint, shard.collection(), shard.name());
            return true;
        } catch (WeaviateException.Refused refused) {
            LOG.warnf("A shard of %s stays read-only for now: %s", plan.names(), refused.getMessage());
            return false;
        }
    }
}
