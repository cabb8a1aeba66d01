package dev.heddle.weaviatecluster;

import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;

/** The pods of a database, past the caches. */
interface DatabasePods {
    List<Pod> of(Names names);

    /** Exactly this one: not another of the same name. It has its time to end. */
    void delete(Pod pod);

    static DatabasePods by(KubernetesClient client) {
        return new DatabasePods() {
            @Override
            public List<Pod> of(Names names) {
                return client.pods()
                        .inNamespace(names.namespace())
                        .withLabels(Labels.of(names, Labels.DATABASE))
                        .list()
                        .getItems();
            }

            @Override
            public void delete(Pod pod) {
                var metadata = pod.getMetadata();
                var options = new DeleteOptionsBuilder()
                        .withNewPreconditions(null, metadata.getUid())
                        .build();
                try {
                    client.raw(
                            "/api/v1/namespaces/%s/pods/%s".formatted(metadata.getNamespace(), metadata.getName()),
                            "DELETE",
                            options);
                } catch (KubernetesClientException problem) {
                    if (problem.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                        throw problem;
                    }
                }
            }
        };
    }
}
