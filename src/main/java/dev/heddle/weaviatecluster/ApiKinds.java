package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.OptionalKinds;
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
            known = OptionalKinds.ALL.stream().filter(this::served).collect(Collectors.toUnmodifiableSet());
            asked = now;
        }
        return known;
    }

    /** A group may be there without the kind: in another version, or with only some of its definitions. */
    private boolean served(String kind) {
        int end = kind.lastIndexOf('/');
        return Optional.ofNullable(client.getApiResources(kind.substring(0, end))).stream()
                .flatMap(group -> group.getResources().stream())
                .anyMatch(resource -> resource.getKind().equals(kind.substring(end + 1)));
    }
}
