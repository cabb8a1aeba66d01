package dev.heddle.weaviatecluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Recent;
import dev.heddle.core.storage.Disks;
import dev.heddle.core.storage.Disks.Usage;
import dev.heddle.core.storage.Volume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Free space of volumes, as kubelet measures it about once a minute. A figure from before a volume grew would let it
 * grow once more, so only those are taken that are younger than the volume's present size.
 */
final class VolumeStatistics {
    /** Clusters share nodes; one look serves them all. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Time in which kubelet has surely measured a new volume, or one that has grown. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int REMEMBERED = 5000;

    private final ImpatientReads reads;
    private final boolean mayReadNodes;
    private final Clock clock;
    private final Map<String, Look> looks = Recent.map(REMEMBERED);
    private final Map<String, Known> sizes = Recent.map(REMEMBERED);

    private record Sample(Usage usage, Instant at) {}

    /** @param samples by namespace/claim */
    private record Look(Instant at, Map<String, Sample> samples, Optional<String> problem) {}

    /** @param since when the volume was first seen with this capacity */
    private record Known(String capacity, Instant since) {}

    VolumeStatistics(KubernetesClient client, boolean mayReadNodes, Clock clock) {
        this.reads = new ImpatientReads(client);
        this.mayReadNodes = mayReadNodes;
        this.clock = clock;
    }

    Disks of(Names names, List<Pod> pods, List<PersistentVolumeClaim> claims) {
        if (!mayReadNodes) {
            return new Disks(
                    Map.of(),
                    Optional.of(
                            "an operator that watches single namespaces may not read kubelet's volume statistics. Watch all namespaces, or grow spec.storage.size by hand."));
        }
        var volumes = claims.stream()
                .flatMap(claim -> Volume.of(claim).stream())
                .collect(Collectors.toMap(Volume::claim, Function.identity()));
        var usage = new HashMap<String, Usage>();
        var problem = Optional.<String>empty();
        for (var pod : pods) {
            var volume = volumes.get(names.claim(pod.getMetadata().getName()));
            var node = pod.getSpec().getNodeName();
            if (volume == null || node == null) {
                continue;
            }
            var look = look(node);
            var known = known(names.namespace() + "/" + volume.claim(), volume.capacity());
            var sample = Optional.ofNullable(look.samples().get(names.namespace() + "/" + volume.claim()))
                    .filter(measured -> measured.at().isAfter(known.since()));
            sample.ifPresent(measured -> usage.put(volume.claim(), measured.usage()));
            if (sample.isEmpty()) {
                problem = problem.or(look::problem).or(() -> overdue(volume, known));
            }
        }
        return new Disks(Map.copyOf(usage), problem);
    }

    private Known known(String claim, String capacity) {
        return sizes.compute(
                claim,
                (name, before) -> before != null && before.capacity().equals(capacity)
                        ? before
                        : new Known(capacity, clock.instant()));
    }

    private Optional<String> overdue(Volume volume, Known known) {
        return known.since().plus(PATIENCE).isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of("kubelet gives no statistics for %s; its storage driver may not support them."
                        .formatted(volume.claim()));
    }

    private synchronized Look look(String node) {
        var now = clock.instant();
        var last = looks.get(node);
        if (last != null && last.at().plus(FRESH).isAfter(now)) {
            return last;
        }
        var look = read(node, now);
        looks.put(node, look);
        return look;
    }

    private Look read(String node, Instant now) {
        try {
            var summary = reads.get("/api/v1/nodes/%s/proxy/stats/summary".formatted(node));
            return new Look(now, samples(summary), Optional.empty());
        } catch (ImpatientReads.Failed failed) {
            return failed(node, now, failed.getMessage());
        }
    }

    private static Look failed(String node, Instant now, String why) {
        return new Look(
                now, Map.of(), Optional.of("kubelet's statistics of node %s cannot be read: %s.".formatted(node, why)));
    }

    private static Map<String, Sample> samples(JsonNode summary) {
        var samples = new HashMap<String, Sample>();
        for (var pod : summary.path("pods")) {
            for (var volume : pod.path("volume")) {
                var claim = volume.path("pvcRef");
                var name = claim.path("namespace").asText() + "/"
                        + claim.path("name").asText();
                sample(volume).ifPresent(sample -> samples.put(name, sample));
            }
        }
        return Map.copyOf(samples);
    }

    private static Optional<Sample> sample(JsonNode volume) {
        var capacity = volume.path("capacityBytes");
        var available = volume.path("availableBytes");
        if (!capacity.canConvertToLong() || !available.canConvertToLong() || capacity.asLong() <= 0) {
            return Optional.empty();
        }
        try {
            var at = Instant.parse(volume.path("time").asText());
            return Optional.of(new Sample(new Usage(capacity.asLong(), available.asLong()), at));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
