package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupClusterRefSpec;
import dev.heddle.api.cloud.v1alpha1.BackupPhase;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether a backup may begin: all nodes are healthy, nothing else goes on, and it is its turn. */
public final class BackupGate {
    private BackupGate() {}

    /**
     * @param cluster of the name in its spec, in its own namespace
     * @param all Backups of that namespace
     * @param restores of that namespace
     */
    public static Optional<Obstacle> of(
            Backup backup, Optional<WeaviateCluster> cluster, Collection<Backup> all, Collection<Restore> restores) {
        var reference = backup.getSpec().clusterRef();
        var namespace = backup.getMetadata().getNamespace();
        return elsewhere("Backup", reference, namespace).or(() -> cluster.map(
                        there -> state(there).or(() -> Claim.of(backup).turn(all, restores)))
                .orElseGet(() -> Optional.of(missing(reference, namespace))));
    }

    /** @param kind of the resource that refers to the cluster */
    public static Optional<Obstacle> elsewhere(String kind, BackupClusterRefSpec reference, String namespace) {
        return Optional.ofNullable(reference.namespace())
                .filter(other -> !other.equals(namespace))
                .flatMap(other -> stuck(
                        "OtherNamespace",
                        "spec.clusterRef.namespace is %s: a %s belongs into the namespace of its cluster."
                                .formatted(other, kind)));
    }

    public static Obstacle missing(BackupClusterRefSpec reference, String namespace) {
        return new Obstacle(
                "ClusterNotFound",
                "There is no WeaviateCluster %s in namespace %s.".formatted(reference.name(), namespace),
                true);
    }

    static Optional<Obstacle> adopted(WeaviateCluster cluster) {
        return Optional.ofNullable(cluster.getSpec().adopt())
                .flatMap(_ -> stuck(
                        "ClusterAdopted",
                        "WeaviateCluster %s is run by the official chart; its backups are not the operator's. Call Weaviate's own API."
                                .formatted(cluster.getMetadata().getName())));
    }

    /** Why its state admits nothing new, if so. */
    public static Optional<Obstacle> state(WeaviateCluster cluster) {
        var name = "WeaviateCluster " + cluster.getMetadata().getName();
        var adopted = adopted(cluster);
        if (adopted.isPresent()) {
            return adopted;
        }
        var status = cluster.getStatus();
        if (cluster.isMarkedForDeletion()) {
            return waits("ClusterNotReady", name + " is being deleted.");
        }
        if (status == null
                || !Objects.equals(
                        status.observedGeneration(), cluster.getMetadata().getGeneration())) {
            return waits("ClusterBusy", name + " has a new spec, which the operator has not looked at yet.");
        }
        if (status.phase() == ClusterPhase.SUSPENDED) {
            return waits(
                    "ClusterSuspended", name + " is suspended, so nobody looks whether all its nodes are healthy.");
        }
        var conditions = Objects.requireNonNullElse(status.conditions(), List.<Condition>of());
        var ready = Conditions.find(conditions, "Ready");
        if (ready.filter(BackupGate::yes).isEmpty()) {
            return waits(
                    "ClusterNotReady",
                    "%s is not ready: %s"
                            .formatted(name, ready.map(Condition::getMessage).orElse("nothing is known of it yet.")));
        }
        return Conditions.find(conditions, "Reconciling")
                .filter(BackupGate::yes)
                .flatMap(work -> waits("ClusterBusy", "%s is at work: %s".formatted(name, work.getMessage())))
                .or(() -> Conditions.find(conditions, "DiskPressure")
                        .filter(BackupGate::yes)
                        .flatMap(full -> waits(
                                "ClusterNotReady",
                                "%s lacks room on its disks: %s".formatted(name, full.getMessage()))));
    }

    /** Whether Weaviate is at work on it, as far as the operator knows. */
    public static boolean running(Backup backup) {
        return BackupStatusBuilder.progress(backup).phase() == BackupPhase.RUNNING;
    }

    private static boolean yes(Condition condition) {
        return "True".equals(condition.getStatus());
    }

    private static Optional<Obstacle> stuck(String reason, String message) {
        return Optional.of(new Obstacle(reason, message, true));
    }

    private static Optional<Obstacle> waits(String reason, String message) {
        return Optional.of(new Obstacle(reason, message, false));
    }
}
