package dev.heddle.core.upgrade;

import dev.heddle.core.upgrade.Rollout.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which pod is replaced next: one at a time, the Raft leader last, each only while all the others serve. A pod that
 * does not serve anyway is replaced first and without the gates, because it may be what keeps them shut.
 */
public final class RolloutPlanner {
    /** Weaviate's own view takes seconds to follow: a pod that has just become ready proves little. */
    public static final Duration STABLE = Duration.ofSeconds(10);

    private RolloutPlanner() {}

    /** What to do with the pods. */
    public sealed interface Step {

        /** Every pod has what is wanted. */
        record Over() implements Step {}

        /** Something has to happen first. */
        record Wait(String message) implements Step {}

        /** @param serving whether it serves, so that Weaviate has to be asked whether it can do without */
        record Replace(String pod, boolean serving, String message) implements Step {}
    }

    public static Step next(Rollout seen, Instant now) {
        var outdated = seen.outdated();
        if (outdated.isEmpty()) {
            return new Step.Over();
        }
        if (seen.manual()) {
            return new Step.Wait("%s; upgrade.strategy is OnDelete: delete the others one by one, next %s."
                    .formatted(seen.progress(), choose(outdated, seen.leader()).name()));
        }
        var idle = idle(seen, outdated);
        if (idle.isPresent()) {
            return new Step.Replace(
                    idle.get().name(),
                    false,
                    "%s, %s is replaced: it does not serve."
                            .formatted(seen.progress(), idle.get().name()));
        }
        var obstacle =
                seen.blocked().or(() -> awaited(seen)).or(seen::unsettled).or(() -> young(seen, now));
        var next = choose(outdated, seen.leader());
        return obstacle.isPresent()
                ? new Step.Wait("%s, next %s: %s".formatted(seen.progress(), next.name(), obstacle.get()))
                : new Step.Replace(next.name(), true, "%s, next %s.".formatted(seen.progress(), next.name()));
    }

    /**
     * One that serves nobody; but never while another one is on its way, because what is new may be what is broken.
     * Unless nothing serves at all, or no majority would with it: a Weaviate that finds no quorum is never ready.
     */
    private static Optional<Member> idle(Rollout seen, List<Member> outdated) {
        boolean moving =
                seen.pods().size() < seen.size() || seen.pods().stream().anyMatch(Member::leaving);
        long ready = seen.pods().stream().filter(Member::ready).count();
        long starting = seen.pods().stream()
                .filter(pod -> !pod.outdated() && !pod.ready())
                .count();
        boolean dark = ready == 0 || 2 * (ready + starting) < seen.size();
        return moving || starting > 0 && !dark
                ? Optional.empty()
                : outdated.stream().filter(pod -> !pod.ready()).max(Comparator.comparingInt(Member::ordinal));
    }

    private static Optional<String> awaited(Rollout seen) {
        if (seen.pods().size() < seen.size()) {
            return Optional.of(
                    "%d pods are there, %d are to be.".formatted(seen.pods().size(), seen.size()));
        }
        return seen.pods().stream().filter(pod -> !pod.ready()).findFirst().map(pod -> "%s is not ready yet."
                .formatted(pod.name()));
    }

    private static Optional<String> young(Rollout seen, Instant now) {
        return seen.pods().stream()
                .filter(pod -> pod.readySince().orElse(now).plus(STABLE).isAfter(now))
                .findFirst()
                .map(pod -> "%s has just become ready.".formatted(pod.name()));
    }

    /** The leader goes last, so that there is one election and not one for each pod. */
    private static Member choose(List<Member> outdated, Optional<String> leader) {
        return outdated.stream()
                .filter(pod -> !leader.equals(Optional.of(pod.name())))
                .max(Comparator.comparingInt(Member::ordinal))
                .orElseGet(outdated::getFirst);
    }
}
