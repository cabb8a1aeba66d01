package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.autoscale.Assessment;
import dev.heddle.core.autoscale.Basis;
import dev.heddle.core.autoscale.ScalingPolicy;
import dev.heddle.core.autoscale.Standing;
import dev.heddle.core.autoscale.VerticalScaler;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.RaftVoters;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.prometheus.PrometheusApi;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateMetrics;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Follows the load of the clusters that ask for it. Samples are taken by a schedule, so that no reconcile waits for
 * them; a decision is made by the reconcile that it causes, and stands in the status before it takes effect.
 */
@ApplicationScoped
public class Autoscaling {
    private static final Logger LOG = Logger.getLogger(Autoscaling.class);
    /** Clusters that are asked at a time. */
    private static final int AT_ONCE = 16;

    private final LoadSource loads;
    private final PodResizing resizing;
    private final Clock clock;
    private final Map<ResourceID, Follower> followers = new ConcurrentHashMap<>();
    private final SimpleInboundEventSource<WeaviateCluster> news = new SimpleInboundEventSource<>("autoscaling");

    Autoscaling(
            KubernetesClient client,
            WeaviateMetrics metrics,
            WeaviateApi weaviate,
            PrometheusApi prometheus,
            PodResizing resizing,
            Clock clock) {
        this.loads = new LoadSource(client, metrics, weaviate, prometheus, clock);
        this.resizing = resizing;
        this.clock = clock;
    }

    EventSource<?, WeaviateCluster> eventSource() {
        return news;
    }

    /**
     * How a reconcile goes on.
     *
     * @param effective the spec, with the number of nodes that is in force
     * @param next what the status is to say; empty where nobody follows the load
     * @param decided whether {@code next} says other things than those in force, so that another reconcile has to follow
     */
    record Course(SpecSource.Effective effective, Optional<Assessment> next, boolean decided) {
        Optional<AutoScalingStatus> status() {
            return next.map(Assessment::status);
        }

        List<Finding> findings() {
            return next.map(Assessment::findings).orElse(List.of());
        }
    }

    Course of(WeaviateCluster cluster, SpecSource.Effective effective, Context<WeaviateCluster> context) {
        var policy = ScalingPolicy.of(effective.spec());
        if (policy.isEmpty() || ClusterDefaults.suspended(effective.spec())) {
            forget(cluster);
            return new Course(effective, Optional.empty(), false);
        }
        var id = ResourceID.fromResource(cluster);
        var former = Optional.ofNullable(followers.get(id));
        var set = context.getSecondaryResourcesAsStream(StatefulSet.class)
                .filter(candidate -> candidate.getMetadata().getName().equals(id.getName()))
                .findFirst();
        var standing = Standing.of(
                policy.get(),
                Optional.ofNullable(cluster.getStatus()),
                set.map(found -> found.getSpec().getReplicas()).orElse(ClusterDefaults.replicas(effective.spec())),
                set.map(Autoscaling::voters).orElse(1),
                former.map(Follower::stuck).orElse(false));
        var now = clock.instant();
        var follower = followers.computeIfAbsent(id, first -> new Follower(standing, now));
        var next = follower.assess(effective.spec(), standing, now);
        return new Course(effective.with(standing.decision().nodes()), Optional.of(next), next.decides(standing));
    }

    private static int voters(StatefulSet set) {
        return RaftVoters.parse(set.getMetadata().getAnnotations().get(Labels.VOTERS))
                .orElse(1);
    }

    /** Gives pods their size, and says whom to ask from now on; returns the plan with what there is to say. */
    ClusterPlan carryOut(WeaviateCluster cluster, Course course, ClusterPlan plan, ClusterObservation seen) {
        var follower = followers.get(ResourceID.fromResource(cluster));
        if (course.next().isEmpty() || follower == null) {
            return plan;
        }
        var known = Optional.ofNullable(cluster.getStatus()).map(WeaviateClusterStatus::autoScaling);
        var trouble = resizing.step(plan, seen, known);
        boolean stuck = !trouble.isEmpty() || PodResizing.stuck(seen);
        follower.aim(target(plan, seen, course, stuck), stuck);
        return plan.with(course.findings()).with(trouble);
    }

    /** How the reconcile ended. */
    void told(WeaviateCluster cluster, WeaviateClusterStatus status) {
        Optional.ofNullable(followers.get(ResourceID.fromResource(cluster)))
                .ifPresent(follower -> follower.told(status.phase()));
    }

    private static LoadSource.Target target(ClusterPlan plan, ClusterObservation seen, Course course, boolean stuck) {
        var vertical = VerticalScaler.of(plan.spec());
        var raised = course.status()
                .map(AutoScalingStatus::vertical)
                .map(status -> status.requests())
                .orElse(Map.of());
        var nodes = seen.live().pods().stream()
                .filter(pod -> PodTrouble.ready(pod) && Names.ordinal(pod) < plan.replicas())
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .map(pod -> new LoadSource.Node(
                        pod.getMetadata().getName(),
                        pod.getMetadata().getUid(),
                        pod.getStatus().getPodIP()))
                .toList();
        var policy = ScalingPolicy.of(plan.spec()).orElseThrow();
        var questions = PrometheusSource.Questions.of(plan.names(), plan.spec(), seen.references())
                .only(policy.targets().keySet());
        var metrics = new HashSet<>(policy.targets().keySet());
        metrics.removeAll(questions.queries().keySet());
        return new LoadSource.Target(
                plan.names(),
                metrics,
                nodes,
                Basis.of(plan.spec(), raised, stuck),
                seen.credentials().operatorKey(),
                ClusterDefaults.metrics(plan.spec()),
                vertical.isPresent(),
                questions);
    }

    void forget(WeaviateCluster cluster) {
        Optional.ofNullable(followers.remove(ResourceID.fromResource(cluster)))
                .flatMap(Follower::target)
                .ifPresent(target -> loads.forget(target.nodes()));
    }

    @Scheduled(every = "${heddle.autoscale-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void sample() {
        if (followers.isEmpty()) {
            return;
        }
        var turns = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            followers.forEach((id, follower) -> threads.submit(() -> {
                turns.acquireUninterruptibly();
                try {
                    sample(id, follower);
                } finally {
                    turns.release();
                }
            }));
        }
    }

    private void sample(ResourceID id, Follower follower) {
        try {
            var target = follower.target();
            if (target.isPresent() && follower.follow(loads, target.get(), clock.instant())) {
                news.propagateEvent(id);
            }
        } catch (RuntimeException problem) {
            LOG.warnf(problem, "The load of %s could not be read", id);
        }
    }
}
