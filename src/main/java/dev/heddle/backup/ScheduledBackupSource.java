package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.ScheduleSituation;
import dev.heddle.core.common.Labels;
import dev.heddle.dependent.SharedInformer;
import dev.heddle.dependent.SharedInformers;
import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.stream.Collectors;

/** Reads what a schedule depends on, from caches: its cluster, and the Backups with its label. */
@ApplicationScoped
public class ScheduledBackupSource {
    private final Clock clock;
    private final SharedInformer<Backup> backups;
    private final SharedInformer<WeaviateCluster> clusters;
    private final SimpleInboundEventSource<ScheduledBackup> changes =
            new SimpleInboundEventSource<>("what-schedules-see");
    private IndexerResourceCache<ScheduledBackup> schedules;

    ScheduledBackupSource(SharedInformers informers, Clock clock) {
        this.clock = clock;
        this.backups = informers.of(Backup.class, Backup::new);
        this.clusters = informers.of(WeaviateCluster.class, WeaviateCluster::new);
    }

    List<EventSource<?, ScheduledBackup>> eventSources(EventSourceContext<ScheduledBackup> context) {
        schedules = context.getPrimaryCache();
        backups.join(context, new SharedInformer.Reader<>() {
            @Override
            public boolean needs(Backup backup) {
                return !label(backup).isEmpty();
            }

            @Override
            public void changed(Optional<Backup> former, Backup backup) {
                if (needs(backup)) {
                    changes.propagateEvent(new ResourceID(label(backup), namespace(backup)));
                }
            }
        });
        clusters.join(context, SharedInformer.Reader.of((former, cluster) -> {
            if (former.filter(before -> generation(before).equals(generation(cluster)))
                    .isEmpty()) {
                schedulesOf(cluster).forEach(changes::propagateEvent);
            }
        }));
        return List.of(changes);
    }

    ScheduleSituation observe(ScheduledBackup schedule) {
        var name = schedule.getMetadata().getName();
        var namespace = schedule.getMetadata().getNamespace();
        return new ScheduleSituation(
                schedule,
                clusters.get(namespace, schedule.getSpec().clusterRef().name()),
                backups.list(namespace)
                        .filter(backup -> name.equals(label(backup)))
                        .toList(),
                clock.instant());
    }

    boolean isThere(ResourceID schedule) {
        return schedules.get(schedule).isPresent();
    }

    private Set<ResourceID> schedulesOf(WeaviateCluster cluster) {
        return schedules
                .list(namespace(cluster), schedule -> cluster.getMetadata()
                        .getName()
                        .equals(schedule.getSpec().clusterRef().name()))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static String label(Backup backup) {
        return Optional.ofNullable(backup.getMetadata().getLabels())
                .map(labels -> labels.get(Labels.SCHEDULE))
                .orElse("");
    }

    private static Long generation(HasMetadata object) {
        return object.getMetadata().getGeneration();
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
