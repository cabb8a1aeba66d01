package dev.heddle;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;

/** Namespaces on their way out. */
public final class Namespaces {
    private Namespaces() {}

    /**
     * Ends pods at once that a StatefulSet made again or whose machine is dead. Kubernetes looks at the namespace again
     * after half of their grace period, which is minutes, or when it changes: so it is changed.
     */
    public static void awaitGone(KubernetesClient client, String name) {
        await("namespace %s is gone".formatted(name))
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(() -> {
                    if (client.namespaces().withName(name).get() == null) {
                        return true;
                    }
                    client.pods().inNamespace(name).withGracePeriod(0).delete();
                    client.namespaces()
                            .withName(name)
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\":{\"annotations\":{\"hurry\":\"%d\"}}}".formatted(System.nanoTime()));
                    return false;
                });
    }
}
