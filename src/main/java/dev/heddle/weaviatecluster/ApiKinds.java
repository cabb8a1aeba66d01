package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.OptionalKinds;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which optional kinds the API server knows; asked at most once in five minutes. */
@ApplicationScoped
public class ApiKinds {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private final KubernetesClient client;
    private final Clock clock;
    private Set<String> known = Set.of();
    private Instant asked = Instant.EPOCH;

    ApiKinds(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    synchronized Set<String> known() {
        var now = clock.instant();
        if (asked.plus(KEPT).isBefore(now)) {
            var served = served();
            known = OptionalKinds.ALL.stream()
                    .filter(kind -> served.contains(version(kind)) && served(kind))
                    .collect(Collectors.toUnmodifiableSet());
            asked = now;
        }
        return known;
    }

    /** Groups with their versions, all in one question: a version that is not served would be answered with 404. */
    private Set<String> served() {
        return Optional.ofNullable(client.getApiGroups()).stream()
                .flatMap(list -> list.getGroups().stream())
                .flatMap(group -> group.getVersions().stream())
                .map(GroupVersionForDiscovery::getGroupVersion)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A group may be there without the kind: with only some of its definitions. */
    private boolean served(String kind) {
        return Optional.ofNullable(client.getApiResources(version(kind))).stream()
                .flatMap(group -> group.getResources().stream())
                .anyMatch(resource -> resource.getKind().equals(kind.substring(kind.lastIndexOf('/') + 1)));
    }

    private static String version(String kind) {
        return kind.substring(0, kind.lastIndexOf('/'));
    }
}
