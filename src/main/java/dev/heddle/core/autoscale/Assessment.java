package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.VerticalScalingStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import dev.heddle.core.autoscale.Autoscaler.Situation;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be said of a cluster now. It takes effect only once it stands in the status, so that a crash between the
 * two can lose a decision and never half of one.
 *
 * @param status with the decision to be in force next
 * @param telling goes into the next {@link Course}
 */
public record Assessment(AutoScalingStatus status, Telling telling, List<Finding> findings) {

    public static Assessment of(WeaviateClusterSpec spec, Standing standing, Course course, Instant now) {
        var policy = ScalingPolicy.of(spec).orElseThrow();
        var latest = course.fresh(now);
        var last = standing.decision();
        var decision = latest.map(known -> Autoscaler.decide(
                        new Situation(
                                policy,
                                last,
                                known.demand(),
                                course.recommendations(),
                                floor(standing, course),
                                standing.freedom()),
                        now))
                .orElse(last);
        var telling = latest.map(known ->
                        course.telling().next(known.demand(), course.missing(now), !decision.equals(last), now))
                .orElse(course.telling());
        var status = new AutoScalingStatus(
                decision.nodes(),
                decision.reason(),
                decision.scaledAt().map(Assessment::text).orElse(null),
                telling.status(),
                VerticalScaler.of(spec)
                        .map(vertical -> vertical(vertical, policy, standing, latest, now))
                        .orElse(null));
        return new Assessment(status, telling, findings(policy, spec, standing, course, now));
    }

    private static OptionalInt floor(Standing standing, Course course) {
        return course.factor().isPresent()
                ? OptionalInt.of(Math.max(standing.voters(), course.factor().getAsInt()))
                : OptionalInt.empty();
    }

    private static VerticalScalingStatus vertical(
            VerticalScaler vertical,
            ScalingPolicy policy,
            Standing standing,
            Optional<Course.Latest> latest,
            Instant now) {
        var inForce = vertical.requests(standing.raised());
        boolean may = !standing.stuck()
                && (standing.freedom() == Freedom.ANY || standing.freedom() == Freedom.GROW)
                && standing.raisedAt()
                        .filter(at -> at.plus(policy.up().cooldown()).isAfter(now))
                        .isEmpty();
        var next = may
                ? latest.map(known -> vertical.decide(inForce, known.sample().peaks()))
                        .orElse(inForce)
                : inForce;
        return new VerticalScalingStatus(
                next,
                (next.equals(inForce) ? standing.raisedAt() : Optional.of(now))
                        .map(Assessment::text)
                        .orElse(null));
    }

    private static List<Finding> findings(
            ScalingPolicy policy, WeaviateClusterSpec spec, Standing standing, Course course, Instant now) {
        var findings = new ArrayList<Finding>();
        course.latest()
                .filter(known -> course.missing(now))
                .flatMap(known -> known.demand().missing())
                .ifPresent(missing -> findings.add(
                        finding("MetricsUnavailable", "No node is removed while a metric is not known. " + missing)));
        if (course.limited(policy, now)) {
            findings.add(finding(
                    "LimitReached",
                    "The load asks for more nodes than spec.autoScaling.maxReplicas: %d. Raise it, or the targets."
                            .formatted(policy.max())));
        }
        if (policy.max() < standing.voters()) {
            findings.add(finding(
                    "MaxReplicasBelowVoters",
                    "spec.autoScaling.maxReplicas is %d, but %d nodes vote in Raft and have to stay."
                            .formatted(policy.max(), standing.voters())));
        }
        VerticalScaler.of(spec)
                .map(VerticalScaler::baseless)
                .orElse(List.of())
                .forEach(resource -> findings.add(finding(
                        "RequestMissing",
                        "autoScaling.vertical cannot raise %s, because spec.resources.requests.%s is not set."
                                .formatted(resource, resource))));
        return List.copyOf(findings);
    }

    private static Finding finding(String reason, String message) {
        return new Finding(Topic.AUTO_SCALING, reason, message);
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Whether another number or size of nodes than {@code before} is to be in force. */
    public boolean decides(Standing before) {
        Map<String, Quantity> raised =
                status.vertical() == null ? Map.of() : status.vertical().requests();
        return status.replicas() != before.decision().nodes()
                || !raised.isEmpty() && !before.raised().isEmpty() && !raised.equals(before.raised());
    }
}
