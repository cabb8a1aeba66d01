package dev.heddle.core.migrationjob;

import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.status.PodTrouble;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the Job of a migration fares. */
public sealed interface JobReport {

    record Absent() implements JobReport {}

    /** It is being deleted; its pod may still run. */
    record Ending() implements JobReport {}

    /** @param trouble what keeps its pod from running, or ended the last one */
    record Working(Optional<PodTrouble> trouble) implements JobReport {}

    record Complete() implements JobReport {}

    /**
     * No pod will run any more.
     *
     * @param exitCode of the last pod
     */
    record Failed(Cause cause, Optional<Integer> exitCode, String message) implements JobReport {}

    /** What ended it for good. */
    enum Cause {
        /** The command says that the plan makes no sense. */
        PLAN,
        /** The command compared, and found differences. */
        DIFFERENCES,
        TIME,
        MEMORY,
        OTHER
    }

    /** Exit codes after which another attempt would end in the same way. */
    List<Integer> FINAL = List.of(
            Outcome.FAILED.exitCode(), Outcome.USAGE, Outcome.DIFFERENT.exitCode(), Outcome.TIMED_OUT.exitCode());

    /** Reason of a trouble: the last pod ended, and the next one is not there yet. */
    String ENDED = "AttemptFailed";
    /** kubelet's way to say that a container took more memory than its limit. */
    String OUT_OF_MEMORY = "OOMKilled";

    /** @param pods of this Job; not needed once it is complete */
    static JobReport of(Optional<Job> job, List<Pod> pods) {
        if (job.isEmpty()) {
            return new Absent();
        }
        if (job.get().getMetadata().getDeletionTimestamp() != null) {
            return new Ending();
        }
        var newest = pods.stream()
                .max(Comparator.comparing(
                        pod -> Objects.requireNonNullElse(pod.getMetadata().getCreationTimestamp(), "")));
        return condition(job.get(), "Complete")
                .<JobReport>map(_ -> new Complete())
                .or(() -> condition(job.get(), "Failed").map(failed -> failed(failed, newest)))
                .orElseGet(() -> new Working(newest.flatMap(JobReport::trouble)));
    }

    /** Whether the pods tell anything that the Job does not. */
    static boolean asksForPods(Job job) {
        boolean runs = Optional.ofNullable(job.getStatus())
                .map(status -> status.getReady())
                .filter(ready -> ready > 0)
                .isPresent();
        return job.getMetadata().getDeletionTimestamp() == null
                && !runs
                && condition(job, "Complete").isEmpty();
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return Stream.ofNullable(job.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getConditions()))
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private static Failed failed(JobCondition condition, Optional<Pod> newest) {
        var end = newest.flatMap(JobReport::end);
        var code = end.map(ContainerStateTerminated::getExitCode);
        var cause = "DeadlineExceeded".equals(condition.getReason())
                ? Cause.TIME
                : end.filter(how -> OUT_OF_MEMORY.equals(how.getReason()))
                        .map(_ -> Cause.MEMORY)
                        .or(() -> code.map(JobReport::cause))
                        .orElse(Cause.OTHER);
        var words = newest.filter(_ -> end.isEmpty()).flatMap(PodTrouble::of).map(PodTrouble::message);
        return new Failed(cause, code, words.orElseGet(() -> newest.flatMap(JobReport::words)
                .orElseGet(() -> "the Job says: " + Objects.requireNonNullElse(condition.getMessage(), "nothing."))));
    }

    private static Cause cause(int exitCode) {
        if (exitCode == Outcome.USAGE) {
            return Cause.PLAN;
        }
        if (exitCode == Outcome.DIFFERENT.exitCode()) {
            return Cause.DIFFERENCES;
        }
        return exitCode == Outcome.TIMED_OUT.exitCode() ? Cause.TIME : Cause.OTHER;
    }

    /** Of the newest pod: that it ended, while the Job controller waits before it makes the next one, or cannot begin. */
    private static Optional<PodTrouble> trouble(Pod pod) {
        var phase = Optional.ofNullable(pod.getStatus())
                .map(status -> status.getPhase())
                .orElse("");
        var end = end(pod);
        if (end.isEmpty() && !Set.of("Failed", "Succeeded").contains(phase)) {
            return PodTrouble.of(pod);
        }
        // What such an end means the Job says itself, a moment later.
        boolean last = end.map(ContainerStateTerminated::getExitCode)
                .filter(code -> code == 0 || FINAL.contains(code))
                .isPresent();
        return last
                ? Optional.empty()
                : words(pod).map(words -> new PodTrouble(ENDED, words + " Another attempt begins soon."));
    }

    private static Optional<String> words(Pod pod) {
        return end(pod).map(end -> "pod %s ended with exit code %d%s."
                        .formatted(
                                pod.getMetadata().getName(),
                                end.getExitCode(),
                                end.getReason() == null || "Error".equals(end.getReason())
                                        ? ""
                                        : " (" + end.getReason() + ")"))
                .or(() -> Optional.ofNullable(pod.getStatus())
                        .map(status -> status.getReason())
                        .map(reason ->
                                "pod %s ended: %s.".formatted(pod.getMetadata().getName(), reason)));
    }

    private static Optional<ContainerStateTerminated> end(Pod pod) {
        return Stream.ofNullable(pod.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getContainerStatuses()))
                .flatMap(List::stream)
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getTerminated() != null)
                .map(state -> state.getTerminated())
                .findFirst();
    }
}
