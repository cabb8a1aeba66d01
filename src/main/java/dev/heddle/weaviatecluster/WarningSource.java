package dev.heddle.weaviatecluster;

import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Warning events of a StatefulSet and its claims: all there is to tell why a pod does not even exist. Events are not
 * watched, there may be thousands; they are looked up while pods or volumes are missing, not more often than needed.
 */
final class WarningSource {
    /** A new StatefulSet gets this long before anything is looked up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private static final List<String> KINDS = List.of("StatefulSet", "PersistentVolumeClaim");

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Names, Look> looks = new ConcurrentHashMap<>();

    private record Look(Instant at, List<Event> found) {}

    WarningSource(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void forget(Names names) {
        looks.remove(names);
    }

    List<Event> of(Names names, Optional<StatefulSet> set, List<Pod> pods, List<PersistentVolumeClaim> claims) {
        var now = clock.instant();
        boolean young = set.map(child -> Instant.parse(child.getMetadata().getCreationTimestamp()))
                .filter(made -> made.plus(PATIENCE).isBefore(now))
                .isEmpty();
        var subjects = young ? List.<String>of() : subjects(names, set.get(), pods, claims);
        if (subjects.isEmpty()) {
            looks.remove(names);
            return List.of();
        }
        var last = looks.get(names);
        if (last != null && last.at().plus(BETWEEN_LOOKS).isAfter(now)) {
            return last.found();
        }
        var found = subjects.stream()
                .flatMap(name -> warnings(names.namespace(), name))
                .toList();
        looks.put(names, new Look(now, found));
        return found;
    }

    private static List<String> subjects(
            Names names, StatefulSet set, List<Pod> pods, List<PersistentVolumeClaim> claims) {
        boolean podsMissing = pods.size() < set.getSpec().getReplicas();
        var waiting = claims.stream()
                .filter(claim -> claim.getStatus() != null
                        && "Pending".equals(claim.getStatus().getPhase()))
                .map(claim -> claim.getMetadata().getName())
                .limit(1);
        return Stream.concat(podsMissing ? Stream.of(names.statefulSet()) : Stream.empty(), waiting)
                .toList();
    }

    private Stream<Event> warnings(String namespace, String name) {
        return client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", name)
                .withField("type", "Warning")
                .list()
                .getItems()
                .stream()
                .filter(event -> KINDS.contains(event.getInvolvedObject().getKind()));
    }
}
