package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.common.Labels;
import dev.heddle.core.migrationjob.JobImage;
import dev.heddle.core.migrationjob.JobReport;
import dev.heddle.core.migrationjob.MigrationJob;
import dev.heddle.core.migrationjob.MigrationManifests;
import dev.heddle.core.migrationjob.MigrationNames;
import dev.heddle.core.migrationjob.MigrationRecord;
import dev.heddle.core.migrationjob.MigrationSides;
import dev.heddle.core.migrationjob.MigrationSides.Content;
import dev.heddle.core.migrationjob.MigrationSituation;
import dev.heddle.dependent.ReferenceIndex;
import dev.heddle.dependent.ReferencedObjects;
import dev.heddle.dependent.SharedInformer;
import dev.heddle.dependent.SharedInformers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Reads what the next step of a migration depends on: caches, and pods only while they tell more than the Job. */
@ApplicationScoped
public class MigrationSource {
    private final KubernetesClient client;
    private final Settings settings;
    private final JobImage image;
    private final Clock clock;
    private final ReferenceIndex index = new ReferenceIndex();
    private final ReferencedObjects<Secret, Migration> secrets;
    private final SharedInformer<WeaviateCluster> clusters;
    private final SharedInformer<Job> jobs;
    private final SharedInformer<ConfigMap> progress;
    private final SimpleInboundEventSource<Migration> changes = new SimpleInboundEventSource<>("what-migrations-see");
    private IndexerResourceCache<Migration> migrations;

    MigrationSource(
            KubernetesClient client, SharedInformers informers, Settings settings, JobImage image, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.image = image;
        this.clock = clock;
        this.secrets = new ReferencedObjects<>(informers.of(Secret.class, Secret::new), index);
        this.clusters = informers.of(WeaviateCluster.class, WeaviateCluster::new);
        this.jobs = informers.of(Job.class, Job::new, MigrationNames.SELECTOR, UnaryOperator.identity());
        this.progress = informers.of(ConfigMap.class, ConfigMap::new, MigrationNames.SELECTOR, ProgressJson::slim);
    }

    List<EventSource<?, Migration>> eventSources(EventSourceContext<Migration> context) {
        migrations = context.getPrimaryCache();
        clusters.join(context, SharedInformer.Reader.of((former, cluster) -> waitingFor(cluster)
                .forEach(changes::propagateEvent)));
        jobs.join(context, SharedInformer.Reader.of((former, job) -> owner(job).ifPresent(changes::propagateEvent)));
        progress.join(
                context, SharedInformer.Reader.of((former, map) -> owner(map).ifPresent(changes::propagateEvent)));
        return List.of(secrets.eventSource("secrets-of-migrations", context), changes);
    }

    boolean isThere(ResourceID migration) {
        boolean there = migrations.get(migration).isPresent();
        if (!there) {
            index.forget(migration);
        }
        return there;
    }

    Around observe(Migration migration) {
        var namespace = migration.getMetadata().getNamespace();
        var names = new MigrationNames(namespace, migration.getMetadata().getName());
        var record = MigrationRecord.of(migration);
        // First the names, then the content: a Secret is read whole once somebody is known to refer to it.
        index.learn(
                ResourceID.fromResource(migration),
                MigrationSides.of(
                                migration,
                                new MigrationSides.Around(
                                        settings.clusterDomain(), _ -> Optional.empty(), _ -> Content.THERE))
                        .secrets());
        var sides = MigrationSides.of(
                migration,
                new MigrationSides.Around(
                        settings.clusterDomain(),
                        name -> clusters.get(namespace, name),
                        key -> content(namespace, key)));
        var job = jobs.get(namespace, names.job()).filter(one -> owned(one, migration));
        var seen = new MigrationSituation(
                record,
                MigrationJob.wish(migration.getSpec()),
                MigrationJob.obstacle(migration.getSpec(), sides, image),
                JobReport.of(job, pods(job, record)),
                job.filter(one -> !MigrationJob.of(migration, sides, record, image)
                                .digest()
                                .equals(digest(one)))
                        .isPresent(),
                progress.get(namespace, names.progress())
                        .filter(one -> owned(one, migration))
                        .flatMap(ProgressJson::read)
                        .filter(one -> migration.getMetadata().getUid().equals(one.id())),
                clock.instant());
        return new Around(migration, sides, image, job, seen);
    }

    private Content content(String namespace, SecretKeyRefSpec key) {
        return secrets.get(namespace, key.name())
                .map(secret -> Optional.ofNullable(secret.getData())
                                .map(data -> data.get(key.key()))
                                .filter(value -> !value.isEmpty())
                                .isPresent()
                        ? Content.THERE
                        : Content.NO_KEY)
                .orElse(Content.NO_SECRET);
    }

    private List<Pod> pods(Optional<Job> job, MigrationRecord record) {
        return job.filter(one -> !record.over() && JobReport.asksForPods(one))
                .map(one -> client.pods()
                        .inNamespace(one.getMetadata().getNamespace())
                        .withLabel(
                                "batch.kubernetes.io/controller-uid",
                                one.getMetadata().getUid())
                        .list()
                        .getItems())
                .orElse(List.of());
    }

    private static String digest(Job job) {
        return Optional.ofNullable(job.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(MigrationManifests.DIGEST))
                .orElse("");
    }

    static boolean owned(HasMetadata child, Migration migration) {
        return child.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(migration.getMetadata().getUid()));
    }

    private static Optional<ResourceID> owner(HasMetadata child) {
        return Optional.ofNullable(child.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.INSTANCE))
                .map(name -> new ResourceID(name, child.getMetadata().getNamespace()));
    }

    /** A Job that runs asks nobody but Weaviate itself. */
    private Set<ResourceID> waitingFor(WeaviateCluster cluster) {
        return migrations
                .list(cluster.getMetadata().getNamespace(), migration -> {
                    var record = MigrationRecord.of(migration);
                    return !record.over()
                            && record.resumedAt().isEmpty()
                            && MigrationSides.clusters(migration)
                                    .contains(cluster.getMetadata().getName());
                })
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }
}
