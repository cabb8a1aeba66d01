package dev.heddle.weaviatecluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.core.autoscale.PodSize;
import dev.heddle.core.autoscale.VerticalScaler;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Recent;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives pods their grown size through the subresource {@code resize}. The template of the StatefulSet keeps the size of
 * the spec, because a change of it would restart every pod; so a pod that is made anew is resized anew, as soon as there
 * is one.
 */
@ApplicationScoped
public class PodResizing {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Kubelet needs a while to act; what it did not do by then it is asked for again. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int REMEMBERED = 2000;
    private static final int MAX_WORDS = 300;

    private final KubernetesClient client;
    private final Clock clock;
    /** What was asked of a pod, by its uid. */
    private final Map<String, Asked> asked = Recent.map(REMEMBERED);

    private record Asked(ResourceRequirements size, Instant at, Optional<String> refusal) {}

    PodResizing(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Takes the size from the status, where it was written before; returns what keeps pods from having it. */
    List<Finding> step(ClusterPlan plan, ClusterObservation seen, Optional<AutoScalingStatus> known) {
        var vertical = VerticalScaler.of(plan.spec());
        var raised = known.map(AutoScalingStatus::vertical).map(status -> status.requests());
        if (vertical.isEmpty() || raised.isEmpty() || raised.get().isEmpty()) {
            return List.of();
        }
        var size = vertical.get().size(vertical.get().requests(raised.get()));
        var pending = Optional.<Finding>empty();
        for (var pod : seen.live().pods()) {
            if (pod.getMetadata().getDeletionTimestamp() != null || PodSize.holds(pod, size)) {
                continue;
            }
            var refusal = ask(pod, size);
            if (refusal.isPresent()) {
                // The others would hear the same, each after its time limit.
                return List.of(finding(
                        "ResizeRefused",
                        "The API server does not let %s be resized in place: %s Kubernetes does it from 1.33 on."
                                .formatted(pod.getMetadata().getName(), refusal.get())));
            }
            pending = pending.or(() -> PodSize.pending(pod).map(words -> finding("ResizePending", words)));
        }
        return pending.stream().toList();
    }

    private static Finding finding(String reason, String message) {
        return new Finding(Topic.AUTO_SCALING, reason, message);
    }

    /** Asks once for each size, and again when nothing came of it. Returns why it was refused. */
    private Optional<String> ask(Pod pod, ResourceRequirements size) {
        var now = clock.instant();
        var last = asked.get(pod.getMetadata().getUid());
        if (last != null && last.size().equals(size) && last.at().plus(PATIENCE).isAfter(now)) {
            return last.refusal();
        }
        var refusal = resize(pod, size);
        asked.put(pod.getMetadata().getUid(), new Asked(size, now, refusal));
        return refusal;
    }

    /** The Kubernetes client knows this subresource only as a whole pod that is put. */
    private Optional<String> resize(Pod pod, ResourceRequirements size) {
        var body = Serialization.asJson(
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "weaviate", "resources", size)))));
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri("%sapi/v1/namespaces/%s/pods/%s/resize"
                        .formatted(
                                client.getMasterUrl(),
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName()))
                .method("PATCH", "application/strategic-merge-patch+json", body)
                .timeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .build();
        try {
            var reply = http.sendAsync(request, String.class).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return reply.isSuccessful() ? Optional.empty() : Optional.of(words(reply));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted.");
        } catch (TimeoutException slow) {
            return Optional.of("no answer within %d s.".formatted(TIMEOUT.toSeconds()));
        } catch (ExecutionException problem) {
            return Optional.of("no answer.");
        }
    }

    private static String words(HttpResponse<String> reply) {
        var text = "";
        try {
            text = Serialization.jsonMapper()
                    .readTree(reply.body())
                    .path("message")
                    .asText();
        } catch (JsonProcessingException notAStatus) {
            // The code has to do.
        }
        text = text.isEmpty() ? "HTTP " + reply.code() : text;
        return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) + "…" : text + ".";
    }

    /** Whether some pod waits for room that its node does not have. */
    static boolean stuck(ClusterObservation seen) {
        return seen.live().pods().stream().anyMatch(pod -> PodSize.pending(pod).isPresent());
    }
}
