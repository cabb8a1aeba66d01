package dev.heddle.dependent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class SharedInformerTest {
    KubernetesClient client;
    KubernetesMockServer server;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private SharedInformers informers;
    private SharedInformer<Secret> secrets;

    @BeforeEach
    void informer() {
        informers = new SharedInformers(client);
        secrets = informers.of(Secret.class, Secret::new);
    }

    @AfterEach
    void close() {
        informers.close();
    }

    /** Reads the Secrets whose name begins like this. */
    private SharedInformer.Reader<Secret> reader(String prefix) {
        return new SharedInformer.Reader<>() {
            @Override
            public boolean needs(Secret secret) {
                return secret.getMetadata().getName().startsWith(prefix);
            }

            @Override
            public void changed(Optional<Secret> former, Secret secret) {
                told.add(prefix + ":" + secret.getMetadata().getName());
            }
        };
    }

    private void make(String namespace, String name, String value) {
        client.resource(secret(namespace, name, value)).create();
    }

    private static Secret secret(String namespace, String name, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withData(Map.of("key", value))
                .build();
    }

    private long lists() {
        long lists = 0;
        try {
            while (server.getRequestCount() > 0) {
                var request = server.takeRequest(10, java.util.concurrent.TimeUnit.MILLISECONDS);
                if (request == null) {
                    break;
                }
                if (request.getPath().contains("/secrets") && !request.getPath().contains("watch=true")) {
                    lists++;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return lists;
    }

    @Test
    void nobodyAsksNothingIsListed() {
        secrets.join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("a"));
        assertThat(lists()).isZero();
    }

    @Test
    void oneListServesAllReaders() {
        make("one", "a", "MQ==");
        make("two", "b", "Mg==");
        lists();
        secrets.join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("a"));
        informers.of(Secret.class, Secret::new).join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("b"));
        assertThat(secrets.get("one", "a").orElseThrow().getData()).containsEntry("key", "MQ==");
        assertThat(secrets.get("two", "b").orElseThrow().getData()).containsEntry("key", "Mg==");
        assertThat(secrets.get("two", "a")).isEmpty();
        assertThat(secrets.get("three", "a")).isEmpty();
        assertThat(lists()).isEqualTo(1);
        await().until(() -> told.containsAll(List.of("a:a", "a:b", "b:a", "b:b")));
    }

    @Test
    void contentThatNobodyReadsIsNotKept() {
        make("one", "a", "MQ==");
        make("one", "other", "Mg==");
        secrets.join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("a"));
        assertThat(secrets.list("one"))
                .extracting(secret -> secret.getMetadata().getName())
                .containsExactly("a");
        assertThat(secrets.list("two")).isEmpty();
        // Who asks for it all the same gets it whole.
        assertThat(secrets.get("one", "other").orElseThrow().getData()).containsEntry("key", "Mg==");
    }

    @Test
    void changesAreSeenAndTold() {
        secrets.join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("a"));
        assertThat(secrets.get("one", "a")).isEmpty();
        make("one", "a", "MQ==");
        await().until(() -> secrets.get("one", "a").isPresent());
        client.resource(secret("one", "a", "Mg==")).update();
        await().until(() -> secrets.get("one", "a").orElseThrow().getData().containsValue("Mg=="));
        client.secrets().inNamespace("one").withName("a").delete();
        await().until(() -> secrets.get("one", "a").isEmpty());
        await().untilAsserted(() -> assertThat(told).containsExactly("a:a", "a:a", "a:a"));
    }

    @Test
    void onlyWatchedNamespacesAreRead() {
        make("one", "a", "MQ==");
        make("two", "a", "Mg==");
        secrets.join(Set.of("one"), reader("a"));
        assertThat(secrets.get("one", "a")).isPresent();
        assertThat(secrets.get("two", "a")).isEmpty();
        assertThat(secrets.list("two")).isEmpty();
    }

    @Test
    void withoutAnAnswerTheQuestionFails() {
        secrets.join(Set.of(Constants.WATCH_ALL_NAMESPACES), reader("a"));
        server.shutdown();
        assertThatThrownBy(() -> secrets.get("one", "a"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessage("The Secrets cannot be listed yet.");
    }
}
