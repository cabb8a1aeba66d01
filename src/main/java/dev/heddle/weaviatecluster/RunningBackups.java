package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Times;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Backups that somebody else takes: a node that restarts or leaves would end them. */
final class RunningBackups {
    private static final Logger LOG = Logger.getLogger(RunningBackups.class);
    private static final String PREFIX = "backup-";
    private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "CANCELED");
    /** Weaviate gives up a node that does not answer for seven minutes; one without its coordinator never ends. */
    private static final Duration ORPHANED = Duration.ofMinutes(10);

    private final WeaviateApi api;
    private final Clock clock;

    RunningBackups(WeaviateApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** As Weaviate's paths name it, such as s3; empty where no place for backups is configured. */
    static Optional<String> backend(ClusterPlan plan) {
        return plan.backup()
                .map(backup -> backup.module())
                .filter(module -> module.startsWith(PREFIX))
                .map(module -> module.substring(PREFIX.length()));
    }

    /**
     * What is waited for. Nothing where the list cannot be read: the change that is asked for may be what mends that.
     */
    Optional<String> goingOn(ClusterPlan plan, ClusterObservation seen, Endpoint node) {
        var backend = backend(plan);
        if (backend.isEmpty()) {
            return Optional.empty();
        }
        try {
            return api.backups(node, backend.get()).stream()
                    .filter(backup -> runs(backup, seen))
                    .findFirst()
                    .map(backup -> "backup %s has been going on since %s (DELETE /v1/backups/%s/%s cancels it)."
                            .formatted(backup.id(), backup.startedAt(), backend.get(), backup.id()));
        } catch (WeaviateException problem) {
            LOG.infof("%s: backups cannot be listed, so none is waited for: %s", plan.names(), problem.getMessage());
            return Optional.empty();
        }
    }

    /** One from before a restart of any node is over soon, or never, whatever the bucket says. */
    private boolean runs(BackupReply backup, ClusterObservation seen) {
        if (backup.id() == null || backup.status() == null || ENDED.contains(backup.status())) {
            return false;
        }
        var began = Times.parse(backup.startedAt());
        return seen.live().pods().stream()
                .flatMap(RunningBackups::starts)
                .noneMatch(start -> start.isAfter(began) && start.plus(ORPHANED).isBefore(clock.instant()));
    }

    private static Stream<Instant> starts(Pod pod) {
        var ready = Stream.ofNullable(pod.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                .flatMap(conditions -> conditions.stream())
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(PodCondition::getLastTransitionTime);
        return Stream.concat(Stream.of(pod.getMetadata().getCreationTimestamp()), ready)
                .filter(Objects::nonNull)
                .map(Times::parse);
    }
}
