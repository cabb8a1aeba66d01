package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.BackupStorageSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupGate;
import dev.heddle.core.backup.BackupProgress;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupStatusBuilder;
import dev.heddle.core.backup.BackupTarget;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.manifest.AuthSecretManifest;
import dev.heddle.dependent.ReferenceIndex;
import dev.heddle.dependent.ReferencedObjects;
import dev.heddle.dependent.SharedInformer;
import dev.heddle.dependent.SharedInformers;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what the next step of a backup depends on: caches first, pods only where Weaviate is to be asked. */
@ApplicationScoped
public class BackupSource {
    private final KubernetesClient client;
    private final ReferenceIndex index = new ReferenceIndex();
    private final ReferencedObjects<Secret, Backup> secrets;
    private final SharedInformer<WeaviateCluster> clusters;
    private final SimpleInboundEventSource<Backup> turns = new SimpleInboundEventSource<>("backup-turns");
    private IndexerResourceCache<Backup> backups;

    BackupSource(KubernetesClient client, SharedInformers informers) {
        this.client = client;
        this.secrets = new ReferencedObjects<>(informers.of(Secret.class, Secret::new), index);
        this.clusters = informers.of(WeaviateCluster.class, WeaviateCluster::new);
    }

    List<EventSource<?, Backup>> eventSources(EventSourceContext<Backup> context) {
        backups = context.getPrimaryCache();
        clusters.join(context, SharedInformer.Reader.of((former, cluster) -> unfinished(
                        cluster.getMetadata().getNamespace(),
                        cluster.getMetadata().getName())
                .forEach(turns::propagateEvent)));
        return List.of(secrets.eventSource("secrets-of-backups", context), turns);
    }

    /** Tells those who wait for their turn. */
    void passOn(Backup backup) {
        unfinished(
                        backup.getMetadata().getNamespace(),
                        backup.getSpec().clusterRef().name())
                .stream()
                .filter(other -> !other.equals(ResourceID.fromResource(backup)))
                .forEach(turns::propagateEvent);
    }

    void forget(Backup backup) {
        index.forget(ResourceID.fromResource(backup));
    }

    Surroundings observe(Backup backup, BackupProgress progress) {
        var namespace = backup.getMetadata().getNamespace();
        var names = new Names(namespace, backup.getSpec().clusterRef().name());
        var known = Optional.ofNullable(backup.getStatus()).map(OnDemandBackupStatus::storage);
        boolean needed = progress.underWay() || progress.phase() == BackupPhase.PENDING;
        var obstacle = needed && !backup.isMarkedForDeletion()
                ? BackupGate.of(backup, cluster(backup), inNamespace(namespace), restores(namespace))
                : Optional.<Obstacle>empty();
        boolean leaves = backup.isMarkedForDeletion();
        boolean asks = progress.underWay() || (leaves ? !progress.leftovers().isEmpty() : needed && obstacle.isEmpty());
        learn(backup, names, known);
        var pods = asks ? pods(names) : new DatabaseNodes(List.of(), "");
        if (progress.id().isEmpty() && asks && !leaves) {
            var wanted = Optional.ofNullable(backup.getSpec().storage()).map(BackupStorageSpec::s3);
            switch (BackupTarget.of(wanted.orElse(null), pods.storage(), namespace + "/" + names.cluster())) {
                case BackupTarget.Impossible impossible -> obstacle = Optional.of(impossible.why());
                case BackupTarget.Known target -> {
                    boolean moved = known.isPresent() && !known.get().equals(target.storage());
                    if (moved && !progress.leftovers().isEmpty()) {
                        obstacle = Optional.of(new Obstacle(
                                "CleaningUp", "The bucket that was written to before is tidied up first.", false));
                    } else {
                        known = Optional.of(target.storage());
                    }
                }
            }
            learn(backup, names, known);
        }
        return new Surroundings(obstacle, pods, known, references(namespace, known));
    }

    private Optional<WeaviateCluster> cluster(Backup backup) {
        return clusters.get(
                backup.getMetadata().getNamespace(),
                backup.getSpec().clusterRef().name());
    }

    private List<Backup> inNamespace(String namespace) {
        return backups.list(namespace).toList();
    }

    /** Read past the caches: those of another controller may lag behind when this one starts. */
    private List<Restore> restores(String namespace) {
        return client.resources(Restore.class).inNamespace(namespace).list().getItems();
    }

    private Set<ResourceID> unfinished(String namespace, String cluster) {
        return inNamespace(namespace).stream()
                .filter(backup -> backup.getSpec().clusterRef().name().equals(cluster))
                .filter(backup -> !BackupStatusBuilder.progress(backup).over())
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private void learn(Backup backup, Names names, Optional<BackupBucketSpec> storage) {
        var referred = storage.map(Locations::secrets).orElseGet(TreeSet::new);
        referred.add(names.authSecret());
        index.learn(ResourceID.fromResource(backup), referred);
    }

    private References references(String namespace, Optional<BackupBucketSpec> storage) {
        var found = new HashMap<String, Secret>();
        storage.map(Locations::secrets).orElseGet(TreeSet::new).forEach(name -> secrets.get(namespace, name)
                .ifPresent(secret -> found.put(name, secret)));
        return new References(found, Map.of());
    }

    private DatabaseNodes pods(Names names) {
        var pods = client.pods()
                .inNamespace(names.namespace())
                .withLabels(Labels.of(names, Labels.DATABASE))
                .list()
                .getItems();
        var key = secrets.get(names.namespace(), names.authSecret())
                .map(Secret::getData)
                .map(data -> data.get(AuthSecretManifest.OPERATOR_KEY))
                .filter(Objects::nonNull)
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                .orElse("");
        return new DatabaseNodes(pods, key);
    }
}
