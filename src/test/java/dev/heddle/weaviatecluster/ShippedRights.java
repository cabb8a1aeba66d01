package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Definitions;
import dev.heddle.Namespaces;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the operator of a test as a service account that has the shipped rules and nothing else. */
public class ShippedRights implements QuarkusTestResourceLifecycleManager {
    public static final String NAMESPACE = "heddle-reconciler-it";
    private static final String NAME = "heddle-reconciler-it";
    private static final String TRY_KUBECONFIG = "kubernetes.auth.tryKubeConfig";

    /** The test's own client, with the rights of the kubeconfig. */
    public static KubernetesClient admin;

    @Override
    public Map<String, String> start() {
        assertThat(System.getenv("KUBECONFIG"))
                .as("KUBECONFIG: `make local-up` and `local/cluster env` give one")
                .isNotBlank();
        admin = new KubernetesClientBuilder().build();
        OwnKinds.files().forEach(ShippedRights::load);
        load("src/test/resources/reconciler/optional-kinds.yaml");
        grantShippedRules();
        var token = admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        // Otherwise the kubeconfig's client certificate would speak for the operator.
        System.setProperty(TRY_KUBECONFIG, "false");
        return Map.of(
                "heddle.cluster-wide",
                "true",
                "quarkus.kubernetes-client.api-server-url",
                admin.getMasterUrl().toString(),
                "quarkus.kubernetes-client.ca-cert-file",
                String.valueOf(admin.getConfiguration().getCaCertFile()),
                "quarkus.kubernetes-client.token",
                token,
                "quarkus.operator-sdk.namespaces",
                NAMESPACE,
                "heddle.namespace",
                "heddle-system",
                "heddle.health-interval",
                "2s");
    }

    private static void grantShippedRules() {
        // That of the class before may still be on its way out, and nothing can be made in it.
        var former = admin.namespaces().withName(NAMESPACE).get();
        if (former != null && former.getMetadata().getDeletionTimestamp() != null) {
            Namespaces.awaitGone(admin, NAMESPACE);
        }
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .serverSideApply();
        admin.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withRules(rules())
                        .build())
                .serverSideApply();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
                        .addNewSubject("", "ServiceAccount", NAME, NAMESPACE)
                        .build())
                .serverSideApply();
    }

    private static List<PolicyRule> rules() {
        try (InputStream file = new FileInputStream("src/main/kubernetes/rules.yaml")) {
            Map<String, Object> all = Serialization.unmarshal(file, Map.class);
            return Stream.of("namespaced", "cluster")
                    .flatMap(part -> ((List<?>) all.get(part)).stream())
                    .map(rule -> Serialization.jsonMapper().convertValue(rule, PolicyRule.class))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void load(String file) {
        try (var stream = new FileInputStream(file)) {
            admin.load(stream).items().forEach(item -> {
                admin.resource(item).forceConflicts().serverSideApply();
                admin.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(item.getMetadata().getName())
                        .waitUntilCondition(Definitions::established, 30, TimeUnit.SECONDS);
            });
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void stop() {
        System.clearProperty(TRY_KUBECONFIG);
        admin.resources(dev.heddle.api.cloud.v1alpha1.Cluster.class)
                .inNamespace(NAMESPACE)
                .delete();
        admin.resources(dev.heddle.api.weaviate.v1.WeaviateCluster.class)
                .inNamespace(NAMESPACE)
                .delete();
        admin.namespaces().withName(NAMESPACE).delete();
        admin.rbac().clusterRoleBindings().withName(NAME).delete();
        admin.rbac().clusterRoles().withName(NAME).delete();
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withLabel("heddle.dev/test", "optional-kind")
                .delete();
        admin.close();
    }
}
