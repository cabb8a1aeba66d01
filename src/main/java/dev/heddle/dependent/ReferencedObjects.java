package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Optional;

/**
 * Objects of a kind that people make (Secrets, ConfigMaps) and that resources refer to. They carry no label that one
 * could select by.
 *
 * @param <P> the resource that refers
 */
public final class ReferencedObjects<T extends HasMetadata, P extends HasMetadata> {
    private final SharedInformer<T> objects;
    private final ReferenceIndex index;

    public ReferencedObjects(SharedInformer<T> objects, ReferenceIndex index) {
        this.objects = objects;
        this.index = index;
    }

    /** Wakes whoever refers to what changed. */
    public EventSource<?, P> eventSource(String name, EventSourceContext<P> context) {
        var source = new SimpleInboundEventSource<P>(name);
        objects.join(context, new SharedInformer.Reader<>() {
            @Override
            public boolean needs(T object) {
                return !index.referring(
                                object.getMetadata().getNamespace(),
                                object.getMetadata().getName())
                        .isEmpty();
            }

            @Override
            public void changed(Optional<T> former, T object) {
                index.referring(
                                object.getMetadata().getNamespace(),
                                object.getMetadata().getName())
                        .forEach(source::propagateEvent);
            }
        });
        return source;
    }

    /** The object with its content; one GET for the first resource that refers to it, none afterwards. */
    public Optional<T> get(String namespace, String name) {
        return objects.get(namespace, name);
    }
}
