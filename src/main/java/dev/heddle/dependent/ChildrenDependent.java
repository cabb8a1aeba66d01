package dev.heddle.dependent;

import dev.heddle.core.common.Recent;
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
    private static final int REMEMBERED = 2000;

    private final Class<C> planType;
    private final Map<String, Matched> matched = Recent.map(REMEMBERED);

    /** A child of this version is as desired. */
    private record Matched(String resourceVersion, HasMetadata desired) {
        boolean holds(HasMetadata child, HasMetadata wanted) {
            return resourceVersion.equals(child.getMetadata().getResourceVersion()) && desired.equals(wanted);
        }
    }

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

    @Override
    public R create(R desired, P primary, Context<P> context) {
        return remember(super.create(Applied.marked(desired), primary, context), desired, primary, context);
    }

    @Override
    public R update(R actual, R desired, P primary, Context<P> context) {
        return remember(super.update(actual, Applied.marked(desired), primary, context), desired, primary, context);
    }

    /** Compares only what changed on either side since it was last found to match, or written. */
    @Override
    public Result<R> match(R actual, R desired, P primary, Context<P> context) {
        addMetadata(true, actual, desired, primary, context);
        var known = matched.get(actual.getMetadata().getUid());
        boolean matches = known != null && known.holds(actual, desired) || Applied.holds(actual, desired);
        if (matches) {
            remember(actual, desired);
        }
        return Result.computed(matches, desired);
    }

    private R remember(R actual, R desired, P primary, Context<P> context) {
        addMetadata(true, actual, desired, primary, context);
        remember(actual, desired);
        return actual;
    }

    private void remember(R actual, R desired) {
        var metadata = actual.getMetadata();
        matched.put(metadata.getUid(), new Matched(metadata.getResourceVersion(), desired));
    }
}
