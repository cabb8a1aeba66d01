package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.upgrade.UpgradeNotes;
import dev.heddle.dependent.EventRecorder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** What becomes of the volumes when their cluster is deleted. Data goes only where the spec says so. */
@ApplicationScoped
public class VolumeReclaim {
    private static final Logger LOG = Logger.getLogger(VolumeReclaim.class);
    private final KubernetesClient client;
    private final EventRecorder events;
    private final OperatorConfig config;
    private final Clock clock;

    VolumeReclaim(KubernetesClient client, EventRecorder events, OperatorConfig config, Clock clock) {
        this.client = client;
        this.events = events;
        this.config = config;
        this.clock = clock;
    }

    /** Whether the deletion may go on; always true once the finalizer's time is over. */
    boolean done(WeaviateCluster cluster, WeaviateClusterSpec spec) {
        var names = new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        if (ClusterDefaults.suspended(spec) || ClusterDefaults.reclaimPolicy(spec) == ReclaimPolicy.RETAIN) {
            noteVersion(cluster, names);
            events.record(
                    cluster,
                    new Announcement(
                            false,
                            "VolumesRetained",
                            "The claims of the cluster (labels %s) stay; a WeaviateCluster of the same name takes them up again."
                                    .formatted(selector(names))));
            return true;
        }
        try {
            // One by one: the shipped rules do not hand out deletecollection.
            claims(names).forEach(claim -> client.resource(claim).delete());
            events.record(
                    cluster,
                    new Announcement(
                            false,
                            "VolumesDeleted",
                            "The claims of the cluster are deleted, as storage.reclaimPolicy Delete asks."));
            return true;
        } catch (KubernetesClientException problem) {
            if (Instant.parse(cluster.getMetadata().getDeletionTimestamp())
                    .plus(config.finalizerTimeout())
                    .isAfter(clock.instant())) {
                return false;
            }
            events.record(
                    cluster,
                    new Announcement(
                            true,
                            "VolumesNotDeleted",
                            "The claims of the cluster could not be deleted within %s (HTTP %d); delete those with labels %s by hand."
                                    .formatted(config.finalizerTimeout(), problem.getCode(), selector(names))));
            return true;
        }
    }

    /** So that a resource made on these volumes later is not started with an older version. */
    private void noteVersion(WeaviateCluster cluster, Names names) {
        if (cluster.getStatus() == null || cluster.getStatus().version() == null) {
            return;
        }
        var newest = UpgradeNotes.of(cluster.getStatus().upgrade())
                .map(UpgradeNotes::touched)
                .orElse(cluster.getStatus().version());
        var note = Serialization.asJson(Map.of("metadata", Map.of("annotations", Map.of(Labels.VERSION, newest))));
        try {
            claims(names).forEach(claim -> client.resource(claim).patch(PatchContext.of(PatchType.JSON_MERGE), note));
        } catch (KubernetesClientException problem) {
            LOG.warnf("The version was not noted on the claims of %s: HTTP %d", names, problem.getCode());
        }
    }

    private List<PersistentVolumeClaim> claims(Names names) {
        return client.persistentVolumeClaims()
                .inNamespace(names.namespace())
                .withLabels(Labels.of(names, Labels.DATABASE))
                .list()
                .getItems();
    }

    private static String selector(Names names) {
        return Labels.INSTANCE + "=" + names.cluster();
    }
}
