package dev.heddle.core.upgrade;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What replacing pods depends on, as it is now.
 *
 * @param what the pods are to have, in words: "1.36.0", "the new configuration"
 * @param size number of pods that there are to be
 * @param leader node that leads Raft; empty while nobody is known to
 * @param unsettled why no pod that serves may go; empty where all gates hold
 * @param blocked why no pod that serves may go whatever the gates say: other work goes on, or a person has to decide
 * @param manual pods are deleted by a person
 */
public record Rollout(
        String what,
        List<Member> pods,
        int size,
        Optional<String> leader,
        Optional<String> unsettled,
        Optional<String> blocked,
        boolean manual) {

    /**
     * One pod.
     *
     * @param outdated it does not have what is wanted
     * @param readySince empty while it is not ready
     * @param leaving it is being deleted
     * @param stepped the version of a step has run in it, and may have written; another configuration is no step
     */
    public record Member(
            String name,
            int ordinal,
            boolean outdated,
            Optional<Instant> readySince,
            boolean leaving,
            boolean stepped) {
        public boolean ready() {
            return readySince.isPresent() && !leaving;
        }
    }

    /** The same pods, with this in the way of those that serve. */
    public Rollout blocked(String why) {
        return new Rollout(what, pods, size, leader, unsettled, Optional.of(why), manual);
    }

    /** The same pods, with other gates. */
    public Rollout unsettled(Optional<String> why) {
        return new Rollout(what, pods, size, leader, why, blocked, manual);
    }

    public List<Member> outdated() {
        return pods.stream().filter(Member::outdated).toList();
    }

    /** How far it is. */
    public String progress() {
        long done = pods.stream().filter(pod -> !pod.outdated() && pod.ready()).count();
        return "%d of %d pods on %s".formatted(done, size, what);
    }
}
