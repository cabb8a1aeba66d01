package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The backup before a step of an upgrade, by Weaviate's own module. */
final class UpgradeBackup {
    private static final Logger LOG = Logger.getLogger(UpgradeBackup.class);
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final WeaviateApi api;

    UpgradeBackup(WeaviateApi api) {
        this.api = api;
    }

    /** @param coordinator always the same node while it is there: only it knows how far a backup is */
    BackupState of(ClusterPlan plan, Optional<Endpoint> coordinator, Optional<String> id) {
        var backend = RunningBackups.backend(plan);
        if (backend.isEmpty()) {
            return new BackupState.Impossible(
                    "no place for backups is configured. Set spec.backup.s3, or cloudProvider.*.backup, or switch upgrade.backupFirst off.");
        }
        if (id.isEmpty() || coordinator.isEmpty()) {
            return new BackupState.None();
        }
        try {
            return state(api.backup(coordinator.get(), backend.get(), id.get()));
        } catch (WeaviateException.Refused refused) {
            if (refused.status() == NOT_FOUND) {
                return missing(coordinator.get());
            }
            // The bucket may answer later, and the time is limited anyway.
            return refused.status() >= SERVER_ERROR
                    ? new BackupState.Going()
                    : new BackupState.Failed(refused.getMessage());
        } catch (WeaviateException problem) {
            return new BackupState.Going();
        }
    }

    /** Weaviate refuses a backup of nothing, which is as good as one. */
    private BackupState missing(Endpoint coordinator) {
        try {
            return api.schema(coordinator).classes().isEmpty() ? new BackupState.Done() : new BackupState.None();
        } catch (WeaviateException problem) {
            return new BackupState.Going();
        }
    }

    private static BackupState state(BackupReply reply) {
        return switch (String.valueOf(reply.status())) {
            case "SUCCESS" -> new BackupState.Done();
            case "FAILED", "CANCELED" ->
                new BackupState.Failed("%s: %s".formatted(reply.status(), String.valueOf(reply.error())));
            default -> new BackupState.Going();
        };
    }

    /** Begins it. What is refused is found out by the next look, which finds none, until the time is over. */
    String begin(ClusterPlan plan, Endpoint coordinator, String id) {
        try {
            api.backUp(coordinator, RunningBackups.backend(plan).orElseThrow(), id);
            LOG.infof("%s: backup %s begins", plan.names(), id);
            return "";
        } catch (WeaviateException problem) {
            return " Weaviate has not begun it: " + problem.getMessage();
        }
    }
}
