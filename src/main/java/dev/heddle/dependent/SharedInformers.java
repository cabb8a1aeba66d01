package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One informer for each kind that several controllers read. */
@ApplicationScoped
public class SharedInformers {
    private final KubernetesClient client;
    private final Map<Key, SharedInformer<?>> kinds = new ConcurrentHashMap<>();

    private record Key(Class<?> kind, Optional<String> selector) {}

    SharedInformers(KubernetesClient client) {
        this.client = client;
    }

    /** @param blank makes an object with nothing in it */
    public <T extends HasMetadata> SharedInformer<T> of(Class<T> kind, Supplier<T> blank) {
        return of(new SharedInformer.Objects<>(kind, blank, Optional.empty(), UnaryOperator.identity()));
    }

    /**
     * Only those that a selector of labels names.
     *
     * @param kept what somebody reads of an object
     */
    public <T extends HasMetadata> SharedInformer<T> of(
            Class<T> kind, Supplier<T> blank, String selector, UnaryOperator<T> kept) {
        return of(new SharedInformer.Objects<>(kind, blank, Optional.of(selector), kept));
    }

    @SuppressWarnings("unchecked")
    private <T extends HasMetadata> SharedInformer<T> of(SharedInformer.Objects<T> objects) {
        return (SharedInformer<T>) kinds.computeIfAbsent(
                new Key(objects.kind(), objects.selector()), key -> new SharedInformer<>(client, objects));
    }

    @PreDestroy
    void close() {
        kinds.values().forEach(SharedInformer::close);
    }
}
