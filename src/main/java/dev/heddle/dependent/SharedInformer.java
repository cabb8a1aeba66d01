package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The objects of a kind, listed and watched from the first question on: whoever takes no backups pays nothing for what
 * they depend on. Content is kept only of objects that somebody reads, and of the others just that they exist.
 */
public final class SharedInformer<T extends HasMetadata> {
    private static final String STUB = "heddle.dev/stub";

    /** So long a question waits for the first list; then it fails, and whoever asked is reconciled again. */
    private static final long PATIENCE_SECONDS = 10;

    private final KubernetesClient client;
    private final Objects<T> objects;
    private final List<Reader<T>> readers = new CopyOnWriteArrayList<>();
    private final Map<String, Running<T>> running = new ConcurrentHashMap<>();
    private volatile Set<String> namespaces = Set.of();

    SharedInformer(KubernetesClient client, Objects<T> objects) {
        this.client = client;
        this.objects = objects;
    }

    /**
     * Which objects, and what is kept of them.
     *
     * @param blank makes one with nothing in it
     * @param selector of labels; empty for all
     */
    record Objects<T extends HasMetadata>(
            Class<T> kind, Supplier<T> blank, Optional<String> selector, UnaryOperator<T> kept) {}

    /** Who reads objects of this kind; called for every change, so it answers from memory. */
    public interface Reader<T> {
        /** Whether its content is needed. */
        boolean needs(T object);

        /** @param former what is known of the object before; empty where it is new, or goes */
        void changed(Optional<T> former, T object);

        /** One that reads them all. */
        static <T> Reader<T> of(BiConsumer<Optional<T>, T> changed) {
            return new Reader<>() {
                @Override
                public boolean needs(T object) {
                    return true;
                }

                @Override
                public void changed(Optional<T> former, T object) {
                    changed.accept(former, object);
                }
            };
        }
    }

    private record Running<T extends HasMetadata>(
            SharedIndexInformer<T> informer, SlimStore<T> store, CompletableFuture<Void> listed) {}

    /** @param context of a controller; all of them watch the same namespaces */
    public void join(EventSourceContext<?> context, Reader<T> reader) {
        var controller = context.getControllerConfiguration();
        join(controller.getInformerConfig().getEffectiveNamespaces(controller), reader);
    }

    void join(Set<String> watched, Reader<T> reader) {
        namespaces = Set.copyOf(watched);
        readers.add(reader);
    }

    /**
     * The object with its content; one GET for the first who reads it, none afterwards.
     *
     * @throws KubernetesClientException where the first list is not there in time
     */
    public Optional<T> get(String namespace, String name) {
        var store = store(namespace);
        var key = namespace + "/" + name;
        var stored = store.map(objects -> objects.get(key));
        if (stored.isEmpty() || !isStub(stored.get())) {
            return stored;
        }
        var whole = Optional.ofNullable(client.resources(objects.kind())
                .inNamespace(namespace)
                .withName(name)
                .get());
        whole.ifPresent(object -> store.get().put(key, object));
        return whole;
    }

    /**
     * Those of a namespace whose content is kept.
     *
     * @throws KubernetesClientException where the first list is not there in time
     */
    public Stream<T> list(String namespace) {
        return store(namespace).stream()
                .flatMap(SlimStore::values)
                .filter(object -> object.getMetadata().getNamespace().equals(namespace))
                .filter(object -> !isStub(object));
    }

    void close() {
        running.values().forEach(one -> one.informer().close());
    }

    /** Empty where the namespace is not one of those that are watched. */
    private Optional<SlimStore<T>> store(String namespace) {
        var all = Constants.WATCH_ALL_NAMESPACES;
        var watched = namespaces.contains(all) ? all : namespace;
        if (!namespaces.contains(watched)) {
            return Optional.empty();
        }
        var one = running.computeIfAbsent(watched, this::start);
        try {
            one.listed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Optional.of(one.store());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException(
                    "Interrupted while " + objects.kind().getSimpleName() + "s were listed.");
        } catch (ExecutionException | TimeoutException late) {
            throw new KubernetesClientException(
                    "The %ss cannot be listed yet.".formatted(objects.kind().getSimpleName()), late);
        }
    }

    private Running<T> start(String namespace) {
        var store = new SlimStore<T>(this::slim);
        var resources = client.resources(objects.kind());
        var there = namespace.equals(Constants.WATCH_ALL_NAMESPACES)
                ? resources.inAnyNamespace()
                : resources.inNamespace(namespace);
        var informer = objects.selector()
                .<FilterWatchListDeletable<T, KubernetesResourceList<T>, Resource<T>>>map(
                        selector -> there.withLabelSelector(selector))
                .orElse(there)
                .runnableInformer(0)
                .itemStore(store)
                .exceptionHandler((started, problem) -> true)
                .addEventHandler(new Handler());
        return new Running<>(informer, store, informer.start().toCompletableFuture());
    }

    private T slim(T object) {
        if (readers.stream().anyMatch(reader -> reader.needs(object))) {
            return objects.kept().apply(object);
        }
        var metadata = object.getMetadata();
        var stub = objects.blank().get();
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .addToAnnotations(STUB, "")
                .build());
        return stub;
    }

    private static boolean isStub(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations != null && annotations.containsKey(STUB);
    }

    private final class Handler implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            readers.forEach(reader -> reader.changed(Optional.empty(), object));
        }

        @Override
        public void onUpdate(T former, T object) {
            readers.forEach(reader -> reader.changed(Optional.ofNullable(former), object));
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            readers.forEach(reader -> reader.changed(Optional.empty(), object));
        }
    }
}
