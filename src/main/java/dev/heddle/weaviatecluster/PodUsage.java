package dev.heddle.weaviatecluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** CPU and memory of the Weaviate containers, from metrics.k8s.io. */
final class PodUsage {
    /** Metrics servers measure every 15 to 60 s; older figures are those of something that does not measure any more. */
    private static final Duration FRESH = Duration.ofMinutes(3);

    private final ImpatientReads reads;

    PodUsage(KubernetesClient client) {
        this.reads = new ImpatientReads(client);
    }

    /** @param cpu cores @param memory bytes */
    record Usage(double cpu, double memory) {}

    /** @param pods by name @param problem why nothing could be read */
    record Reply(Map<String, Usage> pods, Optional<String> problem) {}

    Reply of(Names names, Instant now) {
        var path = "/apis/metrics.k8s.io/v1beta1/namespaces/%s/pods?labelSelector=%s%%3D%s,%s%%3D%s"
                .formatted(
                        names.namespace(),
                        encoded(Labels.INSTANCE),
                        names.cluster(),
                        encoded(Labels.COMPONENT),
                        Labels.DATABASE);
        try {
            var usage = new HashMap<String, Usage>();
            for (var item : reads.get(path).path("items")) {
                if (fresh(item, now)) {
                    usage(item)
                            .ifPresent(
                                    known -> usage.put(item.at("/metadata/name").asText(), known));
                }
            }
            return new Reply(Map.copyOf(usage), Optional.empty());
        } catch (ImpatientReads.Failed failed) {
            return new Reply(
                    Map.of(),
                    Optional.of(
                            failed.status() == 404
                                    ? "the API metrics.k8s.io is not served; install metrics-server."
                                    : "metrics.k8s.io cannot be read: %s.".formatted(failed.getMessage())));
        }
    }

    private static String encoded(String label) {
        return label.replace("/", "%2F");
    }

    private static boolean fresh(JsonNode item, Instant now) {
        try {
            return Instant.parse(item.path("timestamp").asText()).plus(FRESH).isAfter(now);
        } catch (DateTimeParseException unreadable) {
            return false;
        }
    }

    /** Sidecars are not what the requests in the spec are for. */
    private static Optional<Usage> usage(JsonNode item) {
        for (var container : item.path("containers")) {
            if ("weaviate".equals(container.path("name").asText())) {
                try {
                    return Optional.of(
                            new Usage(amount(container.at("/usage/cpu")), amount(container.at("/usage/memory"))));
                } catch (IllegalArgumentException notAQuantity) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static double amount(JsonNode text) {
        double amount = Quantity.parse(text.asText()).getNumericalAmount().doubleValue();
        if (amount < 0) {
            throw new IllegalArgumentException("below zero");
        }
        return amount;
    }
}
