package dev.heddle.cluster;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterSpec;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.config.CatalogSource;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.cluster.Catalog;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Versions;
import dev.heddle.core.shortform.ShortFormView.Obstacle;
import dev.heddle.core.shortform.Tags;
import dev.heddle.core.version.Constraint;
import dev.heddle.core.version.MaintenanceWindow;
import dev.heddle.core.version.Resolution;
import dev.heddle.dependent.ReferenceIndex;
import dev.heddle.dependent.ReferencedObjects;
import dev.heddle.dependent.SharedInformers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the plan for a Cluster depends on: Secrets from the cache, the catalog, the registry's tags. */
@ApplicationScoped
public class ClusterSource {
    private final KubernetesClient client;
    private final CatalogSource catalog;
    private final ImageSource images;
    private final Clock clock;
    private final ReferenceIndex index = new ReferenceIndex();
    private final ReferencedObjects<Secret, Cluster> secrets;

    ClusterSource(
            KubernetesClient client,
            CatalogSource catalog,
            ImageSource images,
            SharedInformers informers,
            Clock clock) {
        this.client = client;
        this.catalog = catalog;
        this.images = images;
        this.clock = clock;
        this.secrets = new ReferencedObjects<>(informers.of(Secret.class, Secret::new), index);
    }

    /**
     * What was read.
     *
     * @param window empty when none is set
     * @param obstacle a field that cannot be understood
     */
    record Seen(
            References references,
            Catalog catalog,
            Tags tags,
            Optional<MaintenanceWindow.State> window,
            Optional<Obstacle> obstacle) {

        /** An adopted cluster stays as it is until somebody says when it may change. */
        Resolution.Question question(Cluster cluster, Optional<WeaviateCluster> child, Adoption adoption) {
            var running = child.map(WeaviateCluster::getStatus)
                    .map(status -> status.version())
                    .or(() -> adoption instanceof Adoption.Adopted adopted ? adopted.version() : Optional.empty())
                    .or(() -> Optional.ofNullable(cluster.getStatus()).map(status -> status.version()));
            // What never ran binds nobody, so that a typing error can be corrected.
            var current = running.map(
                    version -> child.map(one -> one.getSpec().version()).orElse(version));
            return new Resolution.Question(
                    cluster.getSpec().version(),
                    known(),
                    current,
                    running,
                    window,
                    adoption instanceof Adoption.Adopted);
        }

        private Set<String> known() {
            var tagged = tags instanceof Tags.Read read ? read.tags() : List.<String>of();
            return Stream.concat(catalog.releases().stream(), tagged.stream())
                    .filter(Constraint::stable)
                    .filter(version -> Versions.atLeast(version, catalog.minimum()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    List<EventSource<?, Cluster>> eventSources(EventSourceContext<Cluster> context) {
        return List.of(secrets.eventSource("secrets-of-clusters", context));
    }

    Seen observe(Cluster cluster) {
        var spec = cluster.getSpec();
        var names = referred(spec);
        index.learn(ResourceID.fromResource(cluster), names);
        var found = new HashMap<String, Secret>();
        names.forEach(name ->
                secrets.get(cluster.getMetadata().getNamespace(), name).ifPresent(secret -> found.put(name, secret)));
        var references = new References(found, Map.of());
        var tags = images.tags(spec, references);
        if (spec.maintenanceWindow() == null) {
            return new Seen(references, catalog.current(), tags, Optional.empty(), Optional.empty());
        }
        try {
            var window = MaintenanceWindow.of(spec.maintenanceWindow()).at(clock.instant());
            return new Seen(references, catalog.current(), tags, Optional.of(window), Optional.empty());
        } catch (IllegalArgumentException wrong) {
            var closed = new MaintenanceWindow.State(false, Optional.empty());
            return new Seen(
                    references,
                    catalog.current(),
                    tags,
                    Optional.of(closed),
                    Optional.of(new Obstacle("InvalidMaintenanceWindow", wrong.getMessage())));
        }
    }

    void forget(Cluster cluster) {
        index.forget(ResourceID.fromResource(cluster));
    }

    /** A WeaviateCluster of this name that somebody else made is not touched. */
    Optional<Obstacle> taken(Cluster cluster, Optional<WeaviateCluster> child) {
        if (child.isPresent()) {
            return Optional.empty();
        }
        var name = cluster.getMetadata().getName();
        return Optional.ofNullable(client.resources(WeaviateCluster.class)
                        .inNamespace(cluster.getMetadata().getNamespace())
                        .withName(name)
                        .get())
                .filter(other -> other.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> cluster.getMetadata().getUid().equals(owner.getUid())))
                .map(other -> new Obstacle(
                        "NameTaken",
                        "There is a WeaviateCluster %s that does not belong to this Cluster; it is not touched. Choose another name, or delete one of them."
                                .formatted(name)));
    }

    private static Set<String> referred(ClusterSpec spec) {
        var verify = Optional.ofNullable(spec.verify());
        var keyless = verify.map(one -> one.keyless());
        return Stream.of(
                        verify.map(one -> one.key()).stream(),
                        keyless.map(one -> one.roots()).stream(),
                        keyless.map(one -> one.rekorKey()).stream())
                .flatMap(keys -> keys)
                .map(SecretKeyRefSpec::name)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), names -> {
                    ImageSource.pullSecrets(spec).forEach(names::add);
                    return names;
                }));
    }
}
