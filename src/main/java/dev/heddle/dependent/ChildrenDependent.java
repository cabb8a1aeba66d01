package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.CRUDBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All children of one kind of one resource, by name: created, kept as planned, and deleted when no longer planned. */
public abstract class ChildrenDependent<R extends HasMetadata, P extends HasMetadata, C>
        extends CRUDKubernetesDependentResource<R, P> implements CRUDBulkDependentResource<R, P>, Children<C, R> {
    private final Class<C> planType;

    protected ChildrenDependent(Class<R> kind, Class<C> planType) {
        super(kind);
        this.planType = planType;
    }

    @Override
    public Map<String, R> desiredResources(P primary, Context<P> context) {
        return wanted(Children.plan(context, planType));
    }

    /** Only of this dependent's own event source: others may watch the same kind for other reasons. */
    @Override
    public Map<String, R> getSecondaryResources(P primary, Context<P> context) {
        return eventSource().orElseThrow().getSecondaryResources(primary).stream()
                .collect(Collectors.toMap(child -> child.getMetadata().getName(), Function.identity()));
    }
}
