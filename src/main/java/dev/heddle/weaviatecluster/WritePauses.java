package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.manifest.RuntimeManifest;
import dev.heddle.core.scale.ShardLayout;
import dev.heddle.core.scale.ShardReport;
import dev.heddle.core.scale.WritePausing;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.core.status.WritesPaused;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads off nodes and status how it stands with a pause of writes, and ends it; nothing is remembered. */
final class WritePauses {
    private static final Logger LOG = Logger.getLogger(WritePauses.class);

    private final WeaviateApi weaviate;
    private final ShardSource shards;
    private final KubernetesClient client;
    private final Clock clock;

    WritePauses(WeaviateApi weaviate, KubernetesClient client, Clock clock) {
        this.weaviate = weaviate;
        this.shards = new ShardSource(weaviate);
        this.client = client;
        this.clock = clock;
    }

    /**
     * Whether a pause has to go on, whatever else is to be done: until no shard moves that would lose writes. Moves that
     * are no longer permitted, or take too long, are cancelled.
     */
    boolean goesOn(WeaviateCluster cluster, ClusterObservation seen) {
        if (!on(cluster, seen)) {
            return false;
        }
        var node = node(seen);
        var report = node.map(shards::of).orElse(new ShardReport.Unknown("no pod can be asked."));
        if (over(cluster, seen.spec()) && report instanceof ShardReport.Known known) {
            known.layout().singlesGoing().stream()
                    .filter(ShardLayout.Operation::cancellable)
                    .forEach(move -> cancel(node.orElseThrow(), move));
        }
        return WritePausing.holds(report);
    }

    /** Ends a pause where nothing else may be written, because the spec cannot be carried out. */
    void end(Names names) {
        var live = client.configMaps()
                .inNamespace(names.namespace())
                .withName(names.runtime())
                .get();
        Optional.ofNullable(live).flatMap(RuntimeManifest::withoutPause).ifPresent(data -> client.resource(live)
                .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("data", data))));
    }

    /** Whether some node refuses writes; while none can be asked, whether they did. */
    private boolean on(WeaviateCluster cluster, ClusterObservation seen) {
        return seen.weaviate() instanceof WeaviateReport.Answered answered
                ? answered.nodes().stream().anyMatch(WeaviateReport.Node::paused)
                : told(cluster).filter(WritesPaused::is).isPresent();
    }

    /** Of a pause that others made, nothing is known. */
    private boolean over(WeaviateCluster cluster, WeaviateClusterSpec spec) {
        return told(cluster)
                .filter(WritesPaused::is)
                .filter(condition ->
                        !ClusterDefaults.pausesWrites(spec) || WritesPaused.tooLong(condition, spec, clock.instant()))
                .isPresent();
    }

    private void cancel(Endpoint node, ShardLayout.Operation move) {
        try {
            weaviate.cancel(node, move.id());
            LOG.infof(
                    "%s: cancelled move %s of %s/%s, because writes may be paused no longer",
                    node, move.id(), move.collection(), move.shard());
        } catch (WeaviateException refused) {
            LOG.warnf("Weaviate did not cancel move %s: %s", move.id(), refused.getMessage());
        }
    }

    private static Optional<Endpoint> node(ClusterObservation seen) {
        return seen.live().pods().stream()
                .filter(PodTrouble::ready)
                .map(pod -> pod.getStatus().getPodIP())
                .filter(address -> address != null)
                .map(address ->
                        new Endpoint(address, Ports.HTTP, seen.credentials().operatorKey()))
                .findFirst();
    }

    WritePausing of(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen) {
        boolean all = seen.weaviate() instanceof WeaviateReport.Answered answered
                && answered.nodes().stream().allMatch(WeaviateReport.Node::paused);
        return new WritePausing(forbidden(plan), all, spent(cluster, plan.spec()));
    }

    private static Optional<String> forbidden(ClusterPlan plan) {
        if (!ClusterDefaults.pausesWrites(plan.spec())) {
            return Optional.of(WritePausing.ALLOW);
        }
        return plan.reloads()
                ? Optional.empty()
                : Optional.of("Weaviate %s cannot pause writes, %s and later can; upgrade first."
                        .formatted(plan.version(), plan.catalog().features().get("runtimeOverrides")));
    }

    private boolean spent(WeaviateCluster cluster, WeaviateClusterSpec spec) {
        return told(cluster)
                .filter(condition -> WritesPaused.is(condition)
                        ? WritesPaused.tooLong(condition, spec, clock.instant())
                        : WritesPaused.gaveUp(condition, cluster.getMetadata().getGeneration()))
                .isPresent();
    }

    private static Optional<Condition> told(WeaviateCluster cluster) {
        return WritesPaused.of(cluster.getStatus());
    }
}
