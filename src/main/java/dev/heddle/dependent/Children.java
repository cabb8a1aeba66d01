package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;

/**
 * What one reconcile wants of one kind of child; put into the context before the workflow runs.
 *
 * @param <C> the plan type of the resource
 */
public interface Children<C, R extends HasMetadata> {

    /** Wanted objects by name; those that exist and are not among them are deleted. */
    Map<String, R> wanted(C plan);

    /** The plan of this reconcile. */
    static <C> C plan(Context<?> context, Class<C> type) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(type, type);
    }

    /** Hands the plan to the dependents of this reconcile. */
    static <C> void hand(Context<?> context, Class<C> type, C plan) {
        context.managedWorkflowAndDependentResourceContext().put(type, plan);
    }
}
