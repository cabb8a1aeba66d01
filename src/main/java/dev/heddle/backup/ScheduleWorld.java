package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketException;
import dev.heddle.core.backup.ScheduleTurn;
import dev.heddle.core.backup.StoreReport;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Labels;
import dev.heddle.core.status.Announcement;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The API server and the buckets of one schedule. */
final class ScheduleWorld implements ScheduleTurn.World {
    private final KubernetesClient client;
    private final BackupStore store;
    private final ScheduledBackup schedule;
    private final Consumer<Announcement> audience;

    ScheduleWorld(
            KubernetesClient client, BackupStore store, ScheduledBackup schedule, Consumer<Announcement> audience) {
        this.client = client;
        this.store = store;
        this.schedule = schedule;
        this.audience = audience;
    }

    @Override
    public List<Backup> backups() {
        return client.resources(Backup.class).inNamespace(namespace()).list().getItems();
    }

    @Override
    public Backup make(Backup backup) {
        try {
            return client.resource(backup).create();
        } catch (KubernetesClientException refused) {
            var there = refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? resource(backup).get()
                    : null;
            if (there == null) {
                throw refused;
            }
            return there;
        }
    }

    @Override
    public void cancel(Backup backup) {
        resource(backup).delete();
    }

    @Override
    public void mark(Backup backup) {
        resource(backup)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"true\"}}}".formatted(Labels.PRUNED));
    }

    @Override
    public Optional<StoreReport.Trouble> erase(Backup backup, String id) {
        var storage = Optional.ofNullable(backup.getStatus()).map(OnDemandBackupStatus::storage);
        if (storage.isEmpty()) {
            return Optional.of(new StoreReport.Trouble("NoBackupStorage", "It is not known where it lies.", true));
        }
        try {
            store.delete(Locations.of(storage.get(), references(storage.get())), id);
            return Optional.empty();
        } catch (Locations.Unusable unusable) {
            return Optional.of(BucketTrouble.of(unusable));
        } catch (BucketException problem) {
            return Optional.of(BucketTrouble.of(problem));
        }
    }

    @Override
    public void remove(Backup backup) {
        resource(backup).delete();
    }

    @Override
    public void tell(Announcement news) {
        audience.accept(news);
    }

    /** Rare, so without a cache. */
    private References references(BackupBucketSpec storage) {
        var found = new HashMap<String, Secret>();
        Locations.secrets(storage).forEach(name -> Optional.ofNullable(
                        client.secrets().inNamespace(namespace()).withName(name).get())
                .ifPresent(secret -> found.put(name, secret)));
        return new References(found, Map.of());
    }

    private Resource<Backup> resource(Backup backup) {
        return client.resources(Backup.class)
                .inNamespace(namespace())
                .withName(backup.getMetadata().getName());
    }

    private String namespace() {
        return schedule.getMetadata().getNamespace();
    }
}
