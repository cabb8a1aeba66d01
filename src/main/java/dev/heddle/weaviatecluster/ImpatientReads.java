package dev.heddle.weaviatecluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Reads what the API server itself has to ask others for, kubelet or an aggregated API: one that is down answers late or
 * with an error that the client would try again, while others wait.
 */
final class ImpatientReads {
    private static final int TIMEOUT_MILLIS = 3000;

    private final KubernetesClient client;

    ImpatientReads(KubernetesClient client) {
        this.client = client;
    }

    /** Why there is no answer, in few words. */
    static final class Failed extends Exception {
        private final int status;

        /** @param status HTTP status; 0 for none */
        Failed(int status, String why) {
            super(why, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    JsonNode get(String path) throws Failed {
        var impatient = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try {
            var body = client.adapt(NamespacedKubernetesClient.class)
                    .withRequestConfig(impatient)
                    .call(once -> once.raw(path));
            if (body == null) {
                throw new Failed(404, "HTTP 404");
            }
            return Serialization.jsonMapper().readTree(body);
        } catch (KubernetesClientException refused) {
            throw new Failed(refused.getCode(), refused.getCode() == 0 ? "no answer" : "HTTP " + refused.getCode());
        } catch (JsonProcessingException unreadable) {
            throw new Failed(200, "the answer is not JSON");
        }
    }
}
