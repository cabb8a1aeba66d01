package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.RuntimeSettings;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.Optional;

/** The file with the settings that change without a restart; Weaviate wants it to be there when it starts. */
public final class RuntimeManifest {
    static final String VOLUME = "runtime";
    /** A directory: kubelet never renews a file that is mounted by itself (subPath). */
    static final String PATH = "/etc/weaviate/runtime";

    static final String FILE = "overrides.yaml";

    private RuntimeManifest() {}

    public static Map<String, ConfigMap> of(ClusterPlan plan) {
        if (!plan.reloads()) {
            return Map.of();
        }
        return Children.byName(new ConfigMapBuilder()
                .withMetadata(Children.metadata(plan, plan.names().runtime(), Labels.of(plan.names(), Labels.DATABASE))
                        .build())
                .addToData(FILE, RuntimeSettings.of(plan))
                .build());
    }

    /** Data of the same object with nothing changed but that writes go on; empty where they do. */
    public static Optional<Map<String, String>> withoutPause(ConfigMap live) {
        return Optional.ofNullable(live.getData())
                .map(data -> data.get(FILE))
                .filter(file -> !file.equals(RuntimeSettings.withoutPause(file)))
                .map(file -> Map.of(FILE, RuntimeSettings.withoutPause(file)));
    }
}
