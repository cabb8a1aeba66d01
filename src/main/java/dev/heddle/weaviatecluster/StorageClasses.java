package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.StoragePlan.MadeClass;
import dev.heddle.core.manifest.StorageClassManifest;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the storage classes that cloud settings ask for; their parameters cannot change, so once is enough. */
@ApplicationScoped
public class StorageClasses {
    private final KubernetesClient client;
    private final Set<String> present = ConcurrentHashMap.newKeySet();

    StorageClasses(KubernetesClient client) {
        this.client = client;
    }

    void ensure(MadeClass made) {
        if (present.contains(made.name())) {
            return;
        }
        var classes = client.storage().v1().storageClasses();
        if (classes.withName(made.name()).get() == null) {
            classes.resource(StorageClassManifest.of(made)).create();
        }
        present.add(made.name());
    }
}
