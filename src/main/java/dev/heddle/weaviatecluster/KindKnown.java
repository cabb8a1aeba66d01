package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.dependent.Children;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;

/** Activates a dependent where the API server knows its kind; the same for every cluster, so no informer comes and goes. */
abstract class KindKnown implements Condition<GenericKubernetesResource, WeaviateCluster> {
    private final String groupVersion;

    KindKnown(String groupVersion) {
        this.groupVersion = groupVersion;
    }

    @Override
    public boolean isMet(
            DependentResource<GenericKubernetesResource, WeaviateCluster> dependent,
            WeaviateCluster cluster,
            Context<WeaviateCluster> context) {
        return Children.plan(context, ClusterContext.class).kinds().contains(groupVersion);
    }
}
