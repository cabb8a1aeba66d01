package dev.heddle.migration;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.core.migrationjob.MigrationJob;
import dev.heddle.core.migrationjob.MigrationManifests;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Makes the Job and what it needs, and ends it. Written only when a Job begins, so that nothing is watched which is of no
 * use without one.
 */
@ApplicationScoped
public class MigrationChildren {
    private final KubernetesClient client;

    MigrationChildren(KubernetesClient client) {
        this.client = client;
    }

    /** @return what keeps it from that: something of somebody else has the name */
    Optional<String> launch(MigrationJob wanted) {
        for (var child : MigrationManifests.surroundings(wanted, ProgressJson.plan(wanted.plan()))) {
            var there = client.resource(child).get();
            if (there != null && !MigrationSource.owned(there, wanted.migration())) {
                return Optional.of(taken(there));
            }
            client.resource(child)
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(MigrationReconciler.MANAGER)
                            .withForce(true)
                            .build());
        }
        return begin(MigrationManifests.job(wanted), wanted.migration());
    }

    /** By a plain create: of two operators, or of one with a stale cache, one makes it. */
    private Optional<String> begin(Job job, Migration migration) {
        try {
            client.resource(job).create();
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            var there = refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? client.resource(job).get()
                    : null;
            if (there == null) {
                throw refused;
            }
            return MigrationSource.owned(there, migration) ? Optional.empty() : Optional.of(taken(there));
        }
    }

    /** The Job stays until its pod is gone, so that there are never two. */
    void stop(Job job) {
        client.resource(job)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    private static String taken(HasMetadata there) {
        return "%s %s is there and belongs to somebody else: remove it, or make another Migration with another name."
                .formatted(there.getKind(), there.getMetadata().getName());
    }
}
