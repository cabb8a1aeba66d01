package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.MigrationProgress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;

/** Keeps both in a ConfigMap that is there already, so that its rights can be those on one object: get and patch. */
public final class ConfigMapProgressStore implements ProgressStore {
    /** Key of the checkpoint. */
    public static final String CHECKPOINT = "checkpoint.json";
    /** Key of the progress. */
    public static final String PROGRESS = "progress.json";

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    ConfigMapProgressStore(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public Optional<Checkpoint> load() throws MigrationException {
        try {
            var map = client.configMaps().inNamespace(namespace).withName(name).get();
            if (map == null) {
                throw new MigrationException.Refused(404, "there is no ConfigMap " + this);
            }
            var checkpoint = map.getData() == null ? null : map.getData().get(CHECKPOINT);
            return checkpoint == null ? Optional.empty() : Optional.of(MigrationDocuments.checkpoint(checkpoint));
        } catch (KubernetesClientException problem) {
            throw understood(problem);
        }
    }

    @Override
    public void save(Checkpoint checkpoint, MigrationProgress progress) throws MigrationException {
        var data =
                Map.of(CHECKPOINT, MigrationDocuments.write(checkpoint), PROGRESS, MigrationDocuments.write(progress));
        try {
            client.configMaps()
                    .inNamespace(namespace)
                    .withName(name)
                    .patch(MERGE, MigrationDocuments.write(Map.of("data", data)));
        } catch (KubernetesClientException problem) {
            throw understood(problem);
        }
    }

    private MigrationException understood(KubernetesClientException problem) {
        var words = "ConfigMap %s: %s".formatted(this, problem.getMessage());
        return switch (problem.getCode()) {
            case 401, 403 -> new MigrationException.Denied(words);
            case 400, 404, 413, 422 -> new MigrationException.Refused(problem.getCode(), words);
            default -> new MigrationException.Unreachable(words);
        };
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
