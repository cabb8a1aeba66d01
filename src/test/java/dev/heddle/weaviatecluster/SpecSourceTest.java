package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.Samples;
import dev.heddle.core.cluster.ClusterDefaults;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deletion ends, whatever has become of the ConfigMaps. */
@Timeout(30)
class SpecSourceTest {
    private static final String PATH = "/apis/weaviate.io/v1/namespaces/shop/weaviateclusters/db";

    private static WeaviateCluster cluster() {
        return Samples.cluster(Samples.spec("valuesFrom: [{kind: ConfigMap, name: central}]"));
    }

    private static ReclaimPolicy policy(int status) {
        var central = new ConfigMapBuilder()
                .withData(Map.of("values.yaml", "storage: {reclaimPolicy: Delete}"))
                .build();
        try (var server = new ScriptedApiServer()) {
            server.says(PATH, status, "{\"kind\": \"WeaviateCluster\", \"apiVersion\": \"weaviate.io/v1\"}");
            return ClusterDefaults.reclaimPolicy(
                    new SpecSource(server.client(), (namespace, name) -> Optional.of(central)).last(cluster()));
        }
    }

    @Test
    void followsTheConfigMapsAsLongAsItMay() {
        assertThat(policy(200)).isEqualTo(ReclaimPolicy.DELETE);
    }

    @Test
    void goesByTheResourceWhereTheMergedSpecCannotBeChecked() {
        assertThat(policy(403)).isEqualTo(ReclaimPolicy.RETAIN);
    }

    @Test
    void goesByTheResourceWhereAConfigMapMayNotBeRead() {
        var forbidden = new KubernetesClientException(
                new StatusBuilder().withCode(403).withMessage("no").build());
        var source = new SpecSource(null, (namespace, name) -> {
            throw forbidden;
        });

        assertThat(source.last(cluster())).isEqualTo(cluster().getSpec());
        assertThatThrownBy(() -> source.of(cluster())).isSameAs(forbidden);
    }

    /** Then the finalizer could not be taken away either. */
    @Test
    void waitsForAnApiServerThatDoesNotAnswer() {
        var away = new KubernetesClientException("connection refused");
        var source = new SpecSource(null, (namespace, name) -> {
            throw away;
        });

        assertThatThrownBy(() -> source.last(cluster())).isSameAs(away);
    }
}
