package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.Samples;
import dev.heddle.core.cluster.OptionalKinds;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Weaviate does without is told when it is refused, and stops nothing. */
@Timeout(30)
class OptionalChildrenTest {
    private static final String MESH = "serviceMesh: {enabled: true, type: istio, mTLS: true}";

    /** Each question of a child's present state ends so. */
    @SuppressWarnings("unchecked")
    private static List<Finding> refused(String spec, RuntimeException problem) {
        var context = (Context<WeaviateCluster>) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    throw problem;
                });
        return new OptionalChildren(null).apply(Samples.plan(spec), OptionalKinds.ALL, context);
    }

    private static KubernetesClientException answer(int code) {
        return new KubernetesClientException(new StatusBuilder()
                .withCode(code)
                .withMessage("may not list them")
                .build());
    }

    @Test
    void tellsWhatIsRefused() {
        assertThat(refused(MESH, new OperatorException("no informer", answer(403))))
                .containsExactly(
                        new Finding(
                                Topic.MESH,
                                "ChildRefused",
                                "The API server refuses PeerAuthentication: may not list them"),
                        new Finding(
                                Topic.MESH,
                                "ChildRefused",
                                "The API server refuses DestinationRule: may not list them"));
    }

    @Test
    void goesOnWhileAWebhookIsDown() {
        assertThat(refused("monitoring: {serviceMonitor: true}", answer(500)))
                .extracting(Finding::topic)
                .containsExactly(Topic.MONITORING);
    }

    @Test
    void missesNothingThatNobodyAsksFor() {
        assertThat(refused("replicas: 1", answer(403))).isEmpty();
    }

    @Test
    void triesAgainWhenNobodyAnswered() {
        var unreachable = new KubernetesClientException("connection refused");
        assertThatThrownBy(() -> refused(MESH, unreachable)).isSameAs(unreachable);
    }

    @Test
    void tellsOfAStorageClassThatIsRefused() {
        var plan = Samples.plan("cloudProvider: {type: aws, aws: {ebsOptimized: true}}");
        try (var server = new ScriptedApiServer()) {
            server.says(
                    "/apis/storage.k8s.io/v1/storageclasses/heddle-aws-gp3",
                    403,
                    "{\"kind\": \"Status\", \"code\": 403, \"message\": \"may not get storageclasses\"}");

            assertThat(new OptionalChildren(new StorageClasses(server.client())).storageClass(plan))
                    .contains(new Finding(
                            Topic.CLOUD,
                            "ChildRefused",
                            "The API server refuses StorageClass heddle-aws-gp3: may not get storageclasses"));
        }
    }
}
