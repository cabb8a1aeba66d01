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
    private static final int REMEMBERED = 5000;

    private final Class<C> planType;
    private final Map<String, Matched> matched = Recent.map(REMEMBERED);

    /** A child of this version is what was desired at this generation; by hash, as the objects would double the cache. */
    private record Matched(String resourceVersion, Long generation, int desired) {
        static Matched of(HasMetadata child, HasMetadata desired, HasMetadata primary) {
            return new Matched(
                    child.getMetadata().getResourceVersion(),
                    primary.getMetadata().getGeneration(),
                    desired.hashCode());
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
        var uid = actual.getMetadata().getUid();
        var now = Matched.of(actual, desired, primary);
        boolean matches = now.equals(matched.get(uid)) || Applied.holds(actual, desired);
        if (matches) {
            matched.put(uid, now);
            slim(actual);
        }
        return Result.computed(matches, desired);
    }

    private void slim(R actual) {
        if (!Applied.isSeen(actual)) {
            Applied.see(actual);
            shed(actual);
        }
    }

    /**
     * Takes away what nobody reads of a child in the cache that is as desired: most of the memory that a cluster takes.
     * Where the desired changes, the child is written without being read again.
     */
    protected void shed(R child) {
        child.getMetadata().setLabels(Map.of());
    }

    private R remember(R actual, R desired, P primary, Context<P> context) {
        addMetadata(true, actual, desired, primary, context);
        matched.put(actual.getMetadata().getUid(), Matched.of(actual, desired, primary));
        return actual;
    }
}
