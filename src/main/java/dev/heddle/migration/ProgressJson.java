package dev.heddle.migration;

import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.migrate.ConfigMapProgressStore;
import dev.heddle.migrate.MigrationDocuments;
import dev.heddle.migrate.MigrationException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The JSON that controller and command hand each other. */
final class ProgressJson {
    static final String KEY = ConfigMapProgressStore.PROGRESS;
    private static final Logger LOG = Logger.getLogger(ProgressJson.class);

    private ProgressJson() {}

    static String plan(MigrationPlan plan) {
        return MigrationDocuments.write(plan);
    }

    /** Empty before the command has written any, and for what cannot be understood, which is logged. */
    static Optional<MigrationProgress> read(ConfigMap map) {
        var text = Optional.ofNullable(map.getData()).map(data -> data.get(KEY));
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MigrationDocuments.progress(text.get())).filter(ProgressJson::whole);
        } catch (MigrationException wrong) {
            LOG.warnf(
                    "ConfigMap %s/%s: %s is not what the command writes: %s",
                    map.getMetadata().getNamespace(), map.getMetadata().getName(), KEY, wrong.getMessage());
            return Optional.empty();
        }
    }

    private static boolean whole(MigrationProgress progress) {
        return progress.phase() != null && progress.objects() != null;
    }

    /** Without the checkpoint, which may be large and is for the command alone. */
    static ConfigMap slim(ConfigMap map) {
        var text = Optional.ofNullable(map.getData()).map(data -> data.get(KEY));
        return new ConfigMapBuilder(map)
                .withData(text.map(value -> Map.of(KEY, value)).orElse(Map.of()))
                .build();
    }
}
