package dev.heddle.core.restore;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupGate;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.Claim;
import java.util.Collection;
import java.util.Optional;

/** Whether a restore may begin: the cluster is there and healthy, nothing else goes on in it, and it is its turn. */
public final class RestoreGate {
    private RestoreGate() {}

    /**
     * @param cluster of the name in its spec, in its own namespace
     * @param backups of that namespace
     * @param restores of that namespace
     */
    public static Optional<Obstacle> of(
            Restore restore,
            Optional<WeaviateCluster> cluster,
            Collection<Backup> backups,
            Collection<Restore> restores) {
        var reference = restore.getSpec().clusterRef();
        var namespace = restore.getMetadata().getNamespace();
        return BackupGate.elsewhere("Restore", reference, namespace).or(() -> cluster.map(there ->
                        BackupGate.state(there).or(() -> Claim.of(restore).turn(backups, restores)))
                .orElseGet(() -> Optional.of(awaited(BackupGate.missing(reference, namespace)))));
    }

    /**
     * Weaviate writes how a restore fares next to the backup, and one of another cluster would overwrite that, and be
     * cancelled with it.
     *
     * @param location of the backup
     */
    public static Optional<Obstacle> shared(Restore restore, String location, Collection<Restore> restores) {
        var own = Claim.of(restore);
        return restores.stream()
                .filter(other -> other.getStatus() != null
                        && location.equals(other.getStatus().location()))
                .map(Claim::of)
                .filter(other -> !other.name().equals(own.name()))
                .filter(other -> other.running() || other.underWay() && (!own.underWay() || other.isOlderThan(own)))
                .findFirst()
                .map(other -> new Obstacle(
                        "WaitingForRestore",
                        "Restore %s brings the same backup into another cluster; one goes on at a time."
                                .formatted(other.name()),
                        false));
    }

    /** It may be applied together with its cluster. */
    private static Obstacle awaited(Obstacle missing) {
        return new Obstacle(missing.reason(), missing.message() + " It is waited for.", false);
    }
}
