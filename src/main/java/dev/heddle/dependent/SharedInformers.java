package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One informer for each kind that several controllers read. */
@ApplicationScoped
public class SharedInformers {
    private final KubernetesClient client;
    private final Map<Class<?>, SharedInformer<?>> kinds = new ConcurrentHashMap<>();

    SharedInformers(KubernetesClient client) {
        this.client = client;
    }

    /** @param blank makes an object with nothing in it */
    @SuppressWarnings("unchecked")
    public <T extends HasMetadata> SharedInformer<T> of(Class<T> kind, Supplier<T> blank) {
        return (SharedInformer<T>) kinds.computeIfAbsent(kind, key -> new SharedInformer<>(client, kind, blank));
    }

    @PreDestroy
    void close() {
        kinds.values().forEach(SharedInformer::close);
    }
}
