package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Settled;
import dev.heddle.core.storage.Volume;
import dev.heddle.dependent.EventRecorder;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the volumes as large as planned: first the claims, then the claim template of the StatefulSet. */
@ApplicationScoped
public class VolumeGrowth {
    /** Bad request, forbidden (class, quota), unprocessable. */
    private static final Set<Integer> FINAL = Set.of(400, 403, 422);

    private static final int MAX_WORDS = 400;

    private final KubernetesClient client;
    private final EventRecorder events;

    VolumeGrowth(KubernetesClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    /**
     * One step, or why there can be none.
     *
     * @param writable whether shards that the full volumes made read-only have been let take writes again
     */
    Optional<Finding> step(WeaviateCluster cluster, ClusterPlan plan, ClusterObservation seen, boolean writable) {
        var resize = plan.storage().resize();
        var refused = grow(cluster, plan, resize.unasked());
        if (refused.isEmpty() && resize.grown() && writable && Settled.holds(plan, seen)) {
            seen.live().statefulSet().ifPresent(set -> release(cluster, set, resize.target()));
        }
        return refused;
    }

    private Optional<Finding> grow(WeaviateCluster cluster, ClusterPlan plan, List<Volume> small) {
        if (small.isEmpty()) {
            return Optional.empty();
        }
        var size = plan.storage().resize().target();
        var request =
                Serialization.asJson(Map.of("spec", Map.of("resources", Map.of("requests", Map.of("storage", size)))));
        for (var volume : small) {
            try {
                client.persistentVolumeClaims()
                        .inNamespace(plan.names().namespace())
                        .withName(volume.claim())
                        .patch(PatchContext.of(PatchType.JSON_MERGE), request);
            } catch (KubernetesClientException problem) {
                if (FINAL.contains(problem.getCode())) {
                    return Optional.of(refusal(plan, volume, size, problem));
                }
                throw problem;
            }
        }
        events.record(
                cluster,
                new Announcement(
                        false,
                        "GrowingVolumes",
                        "%d volumes grow from %s to %s."
                                .formatted(small.size(), small.getFirst().requested(), size)));
        return Optional.empty();
    }

    /** The API server is asked rather than the class, which an operator of single namespaces may not read. */
    private static Finding refusal(ClusterPlan plan, Volume volume, String size, KubernetesClientException problem) {
        var words = Optional.ofNullable(problem.getStatus())
                .map(status -> status.getMessage())
                .orElse("HTTP " + problem.getCode());
        return new Finding(
                Finding.Topic.SPEC,
                "VolumeGrowthRefused",
                "%s cannot grow from %s to %s: %s. Its class %s needs allowVolumeExpansion: true, and the namespace enough quota; else set spec.storage back."
                        .formatted(
                                volume.claim(),
                                volume.requested(),
                                size,
                                words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words,
                                volume.storageClass()
                                        .or(() -> plan.storage().storageClass())
                                        .orElse("(default)")));
    }

    /**
     * Claim templates cannot change, so the StatefulSet goes and the next reconcile makes it again; the pods stay, and
     * the new one takes them up because their template is the same. Only the object that was looked at is deleted.
     */
    private void release(WeaviateCluster cluster, StatefulSet set, String size) {
        if (set.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        try {
            if (!deleted(set.getMetadata())) {
                return;
            }
        } catch (KubernetesClientException problem) {
            if (problem.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // It changed meanwhile, which the cache is about to tell.
                return;
            }
            throw problem;
        }
        events.record(
                cluster,
                new Announcement(
                        false,
                        "StatefulSetMadeAgain",
                        "The StatefulSet is made again with a claim template of %s; its pods go on.".formatted(size)));
    }

    /**
     * Whether it was there; a cache may be late. The client's own words for a delete take either a propagation policy
     * or a precondition.
     */
    private boolean deleted(ObjectMeta set) {
        var options = new DeleteOptionsBuilder()
                .withPropagationPolicy("Orphan")
                .withNewPreconditions(set.getResourceVersion(), set.getUid())
                .build();
        var path = "/apis/apps/v1/namespaces/%s/statefulsets/%s".formatted(set.getNamespace(), set.getName());
        return client.raw(path, "DELETE", options) != null;
    }
}
