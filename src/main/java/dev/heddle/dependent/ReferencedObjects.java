package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Watches all objects of a kind that people make (Secrets, ConfigMaps), keeps content only of those that a resource
 * refers to, and of the others just that they exist. They carry no label that one could select by.
 *
 * @param <P> the resource that refers
 */
public final class ReferencedObjects<T extends HasMetadata, P extends HasMetadata> {
    private final Class<T> kind;
    private final Class<P> primary;
    private final ReferenceIndex index;
    private final KubernetesClient client;
    private final Map<String, SlimStore<T>> stores = new HashMap<>();

    public ReferencedObjects(Class<T> kind, Class<P> primary, ReferenceIndex index, KubernetesClient client) {
        this.kind = kind;
        this.primary = primary;
        this.index = index;
        this.client = client;
    }

    /** @param empty an object with the metadata of the given one and nothing else */
    public List<EventSource<?, P>> eventSources(EventSourceContext<P> context, UnaryOperator<T> empty) {
        var sources = new ArrayList<EventSource<?, P>>();
        for (var namespace : context.getControllerConfiguration()
                .getInformerConfig()
                .getEffectiveNamespaces(context.getControllerConfiguration())) {
            var store = new SlimStore<T>(object -> index.referring(
                                    object.getMetadata().getNamespace(),
                                    object.getMetadata().getName())
                            .isEmpty()
                    ? empty.apply(object)
                    : object);
            stores.put(namespace, store);
            sources.add(new InformerEventSource<>(
                    InformerEventSourceConfiguration.from(kind, primary)
                            .withName("referenced-" + kind.getSimpleName().toLowerCase() + "-" + namespace)
                            .withNamespaces(Set.of(namespace))
                            .withItemStore(store)
                            .withSecondaryToPrimaryMapper(object -> index.referring(
                                    object.getMetadata().getNamespace(),
                                    object.getMetadata().getName()))
                            .withPrimaryToSecondaryMapper((P resource) -> Set.of())
                            .build(),
                    context));
        }
        return sources;
    }

    /** The object with its content; one GET for the first resource that refers to it, none afterwards. */
    public Optional<T> get(String namespace, String name) {
        var key = namespace + "/" + name;
        var store = stores.values().stream()
                .filter(candidate -> candidate.get(key) != null)
                .findFirst();
        if (store.isEmpty()) {
            return Optional.empty();
        }
        var stored = store.get().get(key);
        if (!isEmpty(stored)) {
            return Optional.of(stored);
        }
        var whole = Optional.ofNullable(
                client.resources(kind).inNamespace(namespace).withName(name).get());
        whole.ifPresent(object -> store.get().put(key, object));
        return whole;
    }

    public static ObjectMeta stub(HasMetadata object) {
        var metadata = object.getMetadata();
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .addToAnnotations(STUB, "")
                .build();
    }

    private static final String STUB = "heddle.dev/stub";

    private static boolean isEmpty(HasMetadata object) {
        return object.getMetadata().getAnnotations() != null
                && object.getMetadata().getAnnotations().containsKey(STUB);
    }
}
