package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.manifest.AuthSecretManifest;
import dev.heddle.core.restore.RestoreFitness;
import dev.heddle.core.restore.RestoreGate;
import dev.heddle.core.restore.RestoreOrigin;
import dev.heddle.core.restore.RestoreProgress;
import dev.heddle.core.restore.RestoreStatusBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads what the next step of a restore depends on. Restores are few and short, so it asks the API server, and keeps no
 * caches that would be filled at every start for nothing.
 */
@ApplicationScoped
public class RestoreSource {
    private final KubernetesClient client;

    RestoreSource(KubernetesClient client) {
        this.client = client;
    }

    RestoreScene observe(Restore restore, RestoreProgress progress) {
        if (progress.over()) {
            var nothing = new Surroundings(
                    Optional.empty(),
                    new DatabaseNodes(List.of(), ""),
                    Optional.empty(),
                    references("", Optional.empty()));
            return new RestoreScene(nothing, RestoreStatusBuilder.origin(restore), false);
        }
        var namespace = restore.getMetadata().getNamespace();
        var names = new Names(namespace, restore.getSpec().clusterRef().name());
        var cluster = Optional.ofNullable(client.resources(WeaviateCluster.class)
                .inNamespace(namespace)
                .withName(names.cluster())
                .get());
        boolean begins = !progress.underWay() && progress.completedAt().isEmpty();
        var restores =
                client.resources(Restore.class).inNamespace(namespace).list().getItems();
        var obstacle = restore.isMarkedForDeletion() || suspended(restore, begins)
                ? Optional.<Obstacle>empty()
                : RestoreGate.of(restore, cluster, backups(namespace), restores);
        boolean asks = !begins || obstacle.isEmpty() && !restore.isMarkedForDeletion() && !suspended(restore, begins);
        var pods = asks ? pods(names) : new DatabaseNodes(List.of(), "");
        var origin = RestoreStatusBuilder.origin(restore);
        if (begins && asks) {
            switch (RestoreOrigin.of(restore.getSpec(), backup(restore), pods.storage())) {
                case RestoreOrigin.Impossible impossible -> obstacle = Optional.of(impossible.why());
                case RestoreOrigin.Known known -> origin = Optional.of(known);
            }
        }
        if (obstacle.isEmpty() && !restore.isMarkedForDeletion()) {
            obstacle = origin.flatMap(
                    known -> RestoreGate.shared(restore, RestoreStatusBuilder.location(known), restores));
        }
        var storage = origin.map(RestoreOrigin.Known::storage);
        return new RestoreScene(
                new Surroundings(obstacle, pods, storage, references(namespace, storage)), origin, cancels(cluster));
    }

    private static boolean suspended(Restore restore, boolean begins) {
        return begins && Boolean.TRUE.equals(restore.getSpec().suspend());
    }

    private static boolean cancels(Optional<WeaviateCluster> cluster) {
        return cluster.map(WeaviateCluster::getStatus)
                .map(WeaviateClusterStatus::version)
                .filter(RestoreFitness::cancels)
                .isPresent();
    }

    private List<Backup> backups(String namespace) {
        return client.resources(Backup.class).inNamespace(namespace).list().getItems();
    }

    private Optional<Backup> backup(Restore restore) {
        return Optional.ofNullable(restore.getSpec().backupRef()).map(reference -> client.resources(Backup.class)
                .inNamespace(restore.getMetadata().getNamespace())
                .withName(reference.name())
                .get());
    }

    private References references(String namespace, Optional<BackupBucketSpec> storage) {
        var found = new HashMap<String, Secret>();
        storage.map(Locations::secrets).orElseGet(TreeSet::new).forEach(name -> secret(namespace, name)
                .ifPresent(secret -> found.put(name, secret)));
        return new References(found, Map.of());
    }

    private Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    private DatabaseNodes pods(Names names) {
        var pods = client.pods()
                .inNamespace(names.namespace())
                .withLabels(Labels.of(names, Labels.DATABASE))
                .list()
                .getItems();
        var key = secret(names.namespace(), names.authSecret())
                .map(Secret::getData)
                .map(data -> data.get(AuthSecretManifest.OPERATOR_KEY))
                .filter(Objects::nonNull)
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                .orElse("");
        return new DatabaseNodes(pods, key);
    }
}
