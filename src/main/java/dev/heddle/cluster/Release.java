package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.AdoptedStatefulSet;
import dev.heddle.core.common.Labels;
import dev.heddle.core.shortform.ShortFormView.Obstacle;
import dev.heddle.core.status.Announcement;
import dev.heddle.dependent.EventRecorder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an adopted cluster back: the WeaviateCluster rests first, so that nobody takes hold of it again, then the marks
 * come off, then both records go without what they owned. Each step sees from the objects what was done before.
 */
@ApplicationScoped
public class Release {
    private final KubernetesClient client;
    private final EventRecorder events;

    Release(KubernetesClient client, EventRecorder events) {
        this.client = client;
        this.events = events;
    }

    static boolean asked(Cluster cluster) {
        var annotations = cluster.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(Labels.RELEASE));
    }

    static boolean possible(WeaviateCluster child) {
        return child.getSpec().adopt() != null;
    }

    /** Why it cannot be given back. */
    static Optional<Obstacle> refused(Cluster cluster) {
        return asked(cluster)
                ? Optional.of(new Obstacle(
                        "NothingToRelease",
                        "Annotation %s: nothing was adopted, so nothing can be given back; remove the annotation."
                                .formatted(Labels.RELEASE)))
                : Optional.empty();
    }

    /** One step. @param child an adopted one */
    void advance(Cluster cluster, WeaviateCluster child) {
        if (child.isMarkedForDeletion()) {
            return;
        }
        if (!Boolean.TRUE.equals(child.getSpec().suspend())) {
            client.resource(child)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            Serialization.asJson(Map.of("spec", Map.of("suspend", true))));
            return;
        }
        if (child.getStatus() == null || child.getStatus().phase() != ClusterPhase.SUSPENDED) {
            return;
        }
        free(child);
        orphaned(child);
        events.record(
                cluster,
                new Announcement(
                        false,
                        "Released",
                        "StatefulSet %s was given back as it is."
                                .formatted(child.getSpec().adopt().statefulSet())));
        orphaned(cluster);
    }

    private void free(WeaviateCluster child) {
        var set = client.apps()
                .statefulSets()
                .inNamespace(child.getMetadata().getNamespace())
                .withName(child.getSpec().adopt().statefulSet())
                .get();
        if (set != null) {
            client.resource(set)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            Serialization.asJson(AdoptedStatefulSet.freed(
                                    set, child.getMetadata().getUid())));
        }
    }

    private void orphaned(HasMetadata record) {
        client.resource(record)
                .withPropagationPolicy(DeletionPropagation.ORPHAN)
                .delete();
    }
}
