package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.autoscale.Assessment;
import dev.heddle.core.autoscale.Course;
import dev.heddle.core.autoscale.Sample;
import dev.heddle.core.autoscale.ScalingPolicy;
import dev.heddle.core.autoscale.Standing;
import dev.heddle.core.common.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One cluster whose load is followed. Reconciles say what is asked and what there is, the scheduler brings samples. */
final class Follower {
    /** How long a change that has no effect is told. */
    private static final Duration TOLD = Duration.ofMinutes(10);
    /** Time between two looks at the schema. */
    private static final Duration FACTOR = Duration.ofSeconds(60);

    private WeaviateClusterSpec spec;
    private Standing standing;
    private Course course;
    private Optional<LoadSource.Target> target = Optional.empty();
    private boolean stuck;
    private Instant factorAsked = Instant.EPOCH;
    private Optional<Override> override = Optional.empty();
    private Set<String> reasons = Set.of();

    /** Somebody set another number while it has no effect. */
    private record Override(Integer from, Integer to, Instant at) {}

    Follower(Standing standing, Instant now) {
        this.course = Course.begin(standing.decision().nodes(), now);
    }

    /** What is to be said now; from then on it counts as said. @param read spec and status as they are */
    synchronized Assessment assess(WeaviateClusterSpec read, Standing known, Instant now) {
        if (spec != null && !Objects.equals(spec.replicas(), read.replicas())) {
            override = Optional.of(new Override(spec.replicas(), read.replicas(), now));
        }
        spec = read;
        standing = known;
        var assessment = assessment(now);
        course = course.told(assessment.telling());
        reasons = reasons(assessment);
        return assessment;
    }

    private Assessment assessment(Instant now) {
        var made = Assessment.of(spec, standing, course, now);
        var ignored = override.filter(change -> change.at().plus(TOLD).isAfter(now)).stream()
                .map(change -> new Finding(
                        Finding.Topic.AUTO_SCALING,
                        "ReplicasIgnored",
                        "spec.replicas was changed from %d to %d and has no effect while spec.autoScaling is enabled. If an HPA or KEDA drives it, remove that or set spec.autoScaling.enabled to false."
                                .formatted(change.from(), change.to())));
        return new Assessment(
                made.status(),
                made.telling(),
                Stream.concat(made.findings().stream(), ignored).toList());
    }

    synchronized void aim(LoadSource.Target next, boolean isStuck) {
        target = Optional.of(next);
        stuck = isStuck;
    }

    /** What the reconcile ended with, which the samples until the next one are judged by. */
    synchronized void told(ClusterPhase phase) {
        standing = standing.in(phase);
    }

    synchronized boolean stuck() {
        return stuck;
    }

    synchronized Optional<LoadSource.Target> target() {
        return target;
    }

    /** Takes a sample; returns whether there is something to say that was not said. */
    boolean follow(LoadSource source, LoadSource.Target from, Instant now) {
        var sample = source.of(from);
        var factor = asksFactor(sample, now) ? source.factor(from) : sample.factor();
        synchronized (this) {
            var policy = ScalingPolicy.of(spec);
            if (policy.isEmpty()) {
                return false;
            }
            course = course.with(
                    policy.get(), sample.with(factor), standing.decision().nodes());
            var news = assessment(now);
            return news.decides(standing)
                    || !news.telling().equals(course.telling())
                    || !reasons(news).equals(reasons);
        }
    }

    private synchronized boolean asksFactor(Sample sample, Instant now) {
        var policy = ScalingPolicy.of(spec);
        boolean due = !factorAsked.plus(FACTOR).isAfter(now);
        if (policy.isEmpty()
                || !due
                || !Course.shrinks(policy.get(), sample, standing.decision().nodes())) {
            return false;
        }
        factorAsked = now;
        return true;
    }

    private static Set<String> reasons(Assessment assessment) {
        return new HashSet<>(assessment.findings().stream().map(Finding::reason).toList());
    }
}
