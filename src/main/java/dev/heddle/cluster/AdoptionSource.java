package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.adoption.ChartStatefulSet;
import dev.heddle.core.cluster.Catalog;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Looks for what is to be taken over; only until the WeaviateCluster is made, which says what became of it. */
@ApplicationScoped
public class AdoptionSource {
    private final KubernetesClient client;

    AdoptionSource(KubernetesClient client) {
        this.client = client;
    }

    Adoption of(Cluster cluster, Optional<WeaviateCluster> child, Catalog catalog) {
        var wanted = cluster.getSpec().existingClusters();
        if (child.isPresent()) {
            return Optional.ofNullable(child.get().getSpec().adopt())
                    .<Adoption>map(adopted -> new Adoption.Adopted(
                            adopted.statefulSet(),
                            Optional.of(child.get().getSpec().version())))
                    .orElse(new Adoption.None(wanted != null));
        }
        var former = Optional.ofNullable(cluster.getStatus()).map(ClusterStatus::adopted);
        if (former.isPresent()) {
            return again(cluster, former.get(), catalog);
        }
        if (wanted == null) {
            return new Adoption.None(false);
        }
        var matches = client.apps()
                .statefulSets()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withLabels(wanted.matchLabels())
                .list()
                .getItems();
        return ChartStatefulSet.check(matches, catalog.minimum());
    }

    /** Its WeaviateCluster was deleted by hand. A new and empty database in its place would be the worst surprise. */
    private Adoption again(Cluster cluster, String name, Catalog catalog) {
        StatefulSet set = client.apps()
                .statefulSets()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withName(name)
                .get();
        return set == null || set.getMetadata().getDeletionTimestamp() != null
                ? new Adoption.Refused(
                        "AdoptedIsGone",
                        "StatefulSet %s, which was taken over, is gone; its claims are kept. Install it again by its chart, or delete this Cluster."
                                .formatted(name))
                : ChartStatefulSet.check(List.of(set), catalog.minimum());
    }
}
