package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.ScheduleSituation;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a schedule depends on, from caches: its cluster, and the Backups with its label. */
@ApplicationScoped
public class ScheduledBackupSource {
    private final Clock clock;
    private final List<InformerEventSource<Backup, ScheduledBackup>> backups = new ArrayList<>();
    private final List<InformerEventSource<WeaviateCluster, ScheduledBackup>> clusters = new ArrayList<>();
    private IndexerResourceCache<ScheduledBackup> schedules;

    ScheduledBackupSource(Clock clock) {
        this.clock = clock;
    }

    List<EventSource<?, ScheduledBackup>> eventSources(EventSourceContext<ScheduledBackup> context) {
        schedules = context.getPrimaryCache();
        var sources = new ArrayList<EventSource<?, ScheduledBackup>>();
        for (var namespace : context.getControllerConfiguration()
                .getInformerConfig()
                .getEffectiveNamespaces(context.getControllerConfiguration())) {
            backups.add(new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(Backup.class, ScheduledBackup.class)
                            .withName("backups-of-schedules-" + namespace)
                            .withNamespaces(Set.of(namespace))
                            .withLabelSelector(Labels.SCHEDULE)
                            .withSecondaryToPrimaryMapper(
                                    backup -> Set.of(new ResourceID(label(backup), namespace(backup))))
                            .withPrimaryToSecondaryMapper((ScheduledBackup schedule) -> Set.of())
                            .build(),
                    context));
            clusters.add(new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(WeaviateCluster.class, ScheduledBackup.class)
                            .withName("clusters-of-schedules-" + namespace)
                            .withNamespaces(Set.of(namespace))
                            .withOnUpdateFilter((cluster, former) -> !cluster.getMetadata()
                                    .getGeneration()
                                    .equals(former.getMetadata().getGeneration()))
                            .withSecondaryToPrimaryMapper(this::schedulesOf)
                            .withPrimaryToSecondaryMapper((ScheduledBackup schedule) -> Set.of())
                            .build(),
                    context));
        }
        sources.addAll(backups);
        sources.addAll(clusters);
        return sources;
    }

    ScheduleSituation observe(ScheduledBackup schedule) {
        var name = schedule.getMetadata().getName();
        var namespace = schedule.getMetadata().getNamespace();
        var id = new ResourceID(schedule.getSpec().clusterRef().name(), namespace);
        return new ScheduleSituation(
                schedule,
                clusters.stream().flatMap(source -> source.get(id).stream()).findFirst(),
                backups.stream()
                        .flatMap(source -> source.list(namespace, backup -> name.equals(label(backup))))
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

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }
}
