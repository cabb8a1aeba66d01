package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.OptionalKinds;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Which optional kinds the API server knows; asked at most once in five minutes. */
@ApplicationScoped
public class ApiGroups {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private final KubernetesClient client;
    private final Clock clock;
    private Set<String> known = Set.of();
    private Instant asked = Instant.EPOCH;

    ApiGroups(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    synchronized Set<String> known() {
        var now = clock.instant();
        if (asked.plus(KEPT).isBefore(now)) {
            known = client.getApiGroups().getGroups().stream()
                    .flatMap(group -> group.getVersions().stream())
                    .map(version -> version.getGroupVersion())
                    .filter(OptionalKinds.ALL::contains)
                    .collect(Collectors.toUnmodifiableSet());
            asked = now;
        }
        return known;
    }
}
