package dev.heddle.dependent;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.dependent.CRUDBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.GenericKubernetesDependentResource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link ChildrenDependent} for kinds that others install and that have no Java class here. */
public abstract class GenericChildrenDependent<P extends HasMetadata, C> extends GenericKubernetesDependentResource<P>
        implements CRUDBulkDependentResource<GenericKubernetesResource, P>, Children<C, GenericKubernetesResource> {
    private final Class<C> planType;

    protected GenericChildrenDependent(String group, String version, String kind, Class<C> planType) {
        super(new GroupVersionKind(group, version, kind));
        this.planType = planType;
    }

    @Override
    public Map<String, GenericKubernetesResource> desiredResources(P primary, Context<P> context) {
        return wanted(Children.plan(context, planType));
    }

    @Override
    public Map<String, GenericKubernetesResource> getSecondaryResources(P primary, Context<P> context) {
        return eventSource().orElseThrow().getSecondaryResources(primary).stream()
                .collect(Collectors.toMap(child -> child.getMetadata().getName(), Function.identity()));
    }
}
