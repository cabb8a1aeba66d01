package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.status.MissingPods;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Helps the StatefulSet controller where it would wait for ever. */
@ApplicationScoped
public class PodCare {
    private static final Logger LOG = Logger.getLogger(PodCare.class);
    private static final String NUDGED = "heddle.dev/nudged-at";
    private static final String PAUSED = "heddle.dev/writes-paused";
    private static final int SECONDS_BETWEEN = 15;

    private final KubernetesClient client;
    private final DeadNodes dead;
    private final Clock clock;

    PodCare(KubernetesClient client, DeadNodes dead, Clock clock) {
        this.client = client;
        this.dead = dead;
        this.clock = clock;
    }

    void of(WeaviateCluster cluster, ClusterObservation seen) {
        var live = seen.live();
        dead.bury(cluster, seen);
        live.statefulSet().filter(PodCare::rollsByItself).ifPresent(this::stop);
        if (MissingPods.forgotten(live, clock.instant())) {
            wake(live.statefulSet().orElseThrow());
        }
    }

    /** Any change of a pod makes kubelet look at its ConfigMaps at once, not a minute later (weaviate-live §C). */
    void hurry(boolean writesPaused, LiveCluster live) {
        var wanted = writesPaused ? "true" : null;
        live.pods().stream()
                .filter(pod -> !Objects.equals(
                        wanted,
                        Optional.ofNullable(pod.getMetadata().getAnnotations())
                                .map(annotations -> annotations.get(PAUSED))
                                .orElse(null)))
                .forEach(pod -> client.resource(pod)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"metadata\":{\"annotations\":{\"%s\":%s}}}"
                                        .formatted(PAUSED, wanted == null ? "null" : "\"true\"")));
    }

    private static boolean rollsByItself(StatefulSet set) {
        return Optional.ofNullable(set.getSpec().getUpdateStrategy())
                .map(strategy -> strategy.getType())
                .filter("RollingUpdate"::equals)
                .isPresent();
    }

    /**
     * One that others made, or an earlier Heddle. Server-side apply cannot take away the API server's default of the
     * other strategy, and both together are refused.
     */
    private void stop(StatefulSet set) {
        client.resource(set)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"updateStrategy\":{\"type\":\"OnDelete\",\"rollingUpdate\":null}}}");
    }

    /** While volumes grow there is for a moment no StatefulSet that would take its pods along when the cluster goes. */
    void dismiss(WeaviateCluster cluster) {
        var names = new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var set = client.apps()
                .statefulSets()
                .inNamespace(names.namespace())
                .withName(names.statefulSet())
                .get();
        if (set != null && set.getMetadata().getDeletionTimestamp() == null) {
            return;
        }
        client.pods()
                .inNamespace(names.namespace())
                .withLabels(Labels.of(names, Labels.DATABASE))
                .list()
                .getItems()
                .forEach(pod -> client.resource(pod).delete());
    }

    /** Any change of the object wakes its controller. */
    private void wake(StatefulSet set) {
        var now = clock.instant();
        var last = set.getMetadata().getAnnotations().get(NUDGED);
        if (last == null || Instant.parse(last).plusSeconds(SECONDS_BETWEEN).isBefore(now)) {
            LOG.infof(
                    "Pods of %s/%s are missing; waking its controller",
                    set.getMetadata().getNamespace(), set.getMetadata().getName());
            var note = Map.of("metadata", Map.of("annotations", Map.of(NUDGED, now.toString())));
            client.resource(set).patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(note));
        }
    }
}
