package dev.heddle.weaviatecluster;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.api.cloud.v1alpha1.RestoreStatus;
import dev.heddle.core.backup.Claim;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Times;
import dev.heddle.dependent.Problem;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Backups and restores that go on: a node that restarts or leaves would end them. Those that a Backup or Restore asked for
 * stand in its status, also where they go into a bucket that Weaviate does not list; backups of others are asked of
 * Weaviate.
 */
@Singleton
final class RunningBackups {
    private static final Logger LOG = Logger.getLogger(RunningBackups.class);
    private static final String PREFIX = "backup-";
    private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "CANCELED");
    /** Weaviate gives up a node that does not answer for seven minutes; one without its coordinator never ends. */
    private static final Duration ORPHANED = Duration.ofMinutes(10);

    private static final Duration COMPARED = Duration.ofMinutes(2);

    private final WeaviateApi api;
    private final Function<Names, Optional<String>> ordered;
    private final Clock clock;

    /** @param ordered kind and name of a Backup or Restore that goes on for a cluster */
    RunningBackups(WeaviateApi api, Function<Names, Optional<String>> ordered, Clock clock) {
        this.api = api;
        this.ordered = ordered;
        this.clock = clock;
    }

    @Inject
    RunningBackups(KubernetesClient client, WeaviateApi api, Clock clock) {
        this(api, names -> ordered(client, names, clock), clock);
    }

    /** Read past the caches, because it is asked only when something is about to begin. */
    private static Optional<String> ordered(KubernetesClient client, Names names, Clock clock) {
        try {
            var backups = client.resources(Backup.class).inNamespace(names.namespace()).list().getItems().stream()
                    .map(Claim::of)
                    .filter(Claim::running);
            var restores = client.resources(Restore.class).inNamespace(names.namespace()).list().getItems().stream()
                    .filter(restore -> Claim.of(restore).running() || compared(restore, clock))
                    .map(Claim::of);
            return Stream.concat(backups, restores)
                    .filter(claim -> claim.cluster().equals(names.cluster()))
                    .map(claim -> claim.kind() + " " + claim.name())
                    .findFirst();
        } catch (KubernetesClientException problem) {
            LOG.infof("%s: Backups cannot be listed, so none is waited for: %s", names, Problem.words(problem));
            return Optional.empty();
        }
    }

    /** Shards that move meanwhile would look like lost ones. Not for ever, because the bucket may be away. */
    private static boolean compared(Restore restore, Clock clock) {
        return Optional.ofNullable(restore.getStatus())
                .filter(status -> status.phase() == RestorePhase.VERIFYING)
                .map(RestoreStatus::completedAt)
                .filter(end -> Times.parse(end).plus(COMPARED).isAfter(clock.instant()))
                .isPresent();
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
        var own = ordered.apply(plan.names());
        if (own.isPresent()) {
            return own.map("%s goes on; deleting it cancels it."::formatted);
        }
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
