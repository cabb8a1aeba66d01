package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.OptionalKinds;
import dev.heddle.core.common.Labels;
import dev.heddle.core.manifest.Mesh;
import dev.heddle.dependent.GenericChildrenDependent;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;

/** Strict mutual TLS, with Istio. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.SELECTOR))
public class ClusterPeerAuthentications extends GenericChildrenDependent<WeaviateCluster, ClusterPlan> {
    public ClusterPeerAuthentications() {
        super("security.istio.io", "v1", "PeerAuthentication", ClusterPlan.class);
    }

    @Override
    public Map<String, GenericKubernetesResource> wanted(ClusterPlan plan) {
        return Mesh.peerAuthentications(plan);
    }

    /** Where the API server knows the kind. */
    public static class Known extends KindKnown {
        public Known() {
            super(OptionalKinds.PEER_AUTHENTICATION);
        }
    }
}
