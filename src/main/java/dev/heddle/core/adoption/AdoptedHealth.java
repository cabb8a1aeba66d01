package dev.heddle.core.adoption;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Names;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.core.status.UnreadyPods;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether an adopted cluster serves, and if not, why. */
public record AdoptedHealth(boolean serving, String reason, String message) {

    static AdoptedHealth gone(String name) {
        return new AdoptedHealth(
                false, "StatefulSetNotFound", "StatefulSet %s, named in spec.adopt, does not exist.".formatted(name));
    }

    public static AdoptedHealth of(StatefulSet set, AdoptedObservation seen) {
        var names =
                new Names(set.getMetadata().getNamespace(), set.getMetadata().getName());
        int size = requireNonNullElse(set.getSpec().getReplicas(), 1);
        long ready = seen.pods().stream().filter(PodTrouble::ready).count();
        if (ready < size) {
            var counted = "%d of %d pods are ready.".formatted(ready, size);
            return PodTrouble.first(seen.pods(), List.of())
                    .map(trouble -> new AdoptedHealth(false, trouble.reason(), counted + " " + trouble.message()))
                    .orElseGet(() -> new AdoptedHealth(
                            false, "PodsNotReady", counted + " " + UnreadyPods.words(names.nodes(size), seen.pods())));
        }
        boolean rolling = Optional.ofNullable(set.getStatus())
                .filter(status -> status.getUpdateRevision() != null
                        && !status.getUpdateRevision().equals(status.getCurrentRevision()))
                .isPresent();
        if (rolling) {
            return new AdoptedHealth(false, "RollingOut", "The pods are being replaced one by one.");
        }
        return asked(seen.weaviate(), names, size);
    }

    private static AdoptedHealth asked(WeaviateReport report, Names names, int size) {
        var expected = new TreeSet<>(names.nodes(size));
        return switch (report) {
            case WeaviateReport.NotAsked nobody -> new AdoptedHealth(false, "PodsNotReady", "No pod can be asked yet.");
            case WeaviateReport.Unreachable gone ->
                new AdoptedHealth(false, "WeaviateUnreachable", "Weaviate does not answer the operator: " + gone.why());
            case WeaviateReport.Refused refused
            when refused.status() == 401 || refused.status() == 403 ->
                new AdoptedHealth(
                        true,
                        "ServingByProbes",
                        "%d of %d pods are ready. Weaviate does not tell the operator more: no API key of it is known."
                                .formatted(size, size));
            case WeaviateReport.Refused refused ->
                new AdoptedHealth(
                        false, "WeaviateRefused", "Weaviate refuses the operator's question: " + refused.message());
            case WeaviateReport.Answered answered -> answered(answered, expected, size);
        };
    }

    private static AdoptedHealth answered(WeaviateReport.Answered answered, TreeSet<String> expected, int size) {
        var healthy = answered.nodes().stream()
                .filter(WeaviateReport.Node::healthy)
                .map(WeaviateReport.Node::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!healthy.equals(expected)) {
            return new AdoptedHealth(
                    false,
                    "NodesDiffer",
                    "Weaviate sees healthy nodes %s, expected are %s.".formatted(healthy, expected));
        }
        var leaders = answered.raft().stream().map(RaftView::leader).collect(Collectors.toSet());
        return leaders.size() == 1 && !leaders.contains("")
                ? new AdoptedHealth(true, "Serving", "%d of %d nodes serve.".formatted(size, size))
                : new AdoptedHealth(false, "NoLeader", "The nodes do not agree on a Raft leader.");
    }
}
