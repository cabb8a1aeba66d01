package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.migrationjob.JobReport.Cause;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReportTest {
    private static Job job(String metadata, String status) {
        return Serialization.unmarshal(
                "---\n{apiVersion: batch/v1, kind: Job, metadata: {name: move%s}, status: %s}"
                        .formatted(metadata, status),
                Job.class);
    }

    private static Pod pod(String name, String created, String status) {
        return Serialization.unmarshal(
                "---\n{apiVersion: v1, kind: Pod, metadata: {name: %s, creationTimestamp: '%s'}, status: %s}"
                        .formatted(name, created, status),
                Pod.class);
    }

    private static Pod ended(int code, String reason) {
        return pod(
                "move-1",
                "2026-01-01T00:00:00Z",
                "{phase: Failed, containerStatuses: [{name: migrate, state: {terminated: {exitCode: %d, reason: %s}}}]}"
                        .formatted(code, reason));
    }

    private static JobReport of(Job job, Pod... pods) {
        return JobReport.of(Optional.of(job), List.of(pods));
    }

    @Test
    void tellsWhetherThereIsOne() {
        assertThat(JobReport.of(Optional.empty(), List.of())).isInstanceOf(JobReport.Absent.class);
        assertThat(of(job(", deletionTimestamp: '2026-01-01T00:00:00Z'", "{}"))).isInstanceOf(JobReport.Ending.class);
        assertThat(of(job("", "{conditions: [{type: Complete, status: 'True'}]}")))
                .isInstanceOf(JobReport.Complete.class);
        assertThat(of(job("", "{active: 1, ready: 1}"))).isEqualTo(new JobReport.Working(Optional.empty()));
        assertThat(of(job("", "{}"))).isEqualTo(new JobReport.Working(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "1, Error, BackoffLimitExceeded, OTHER",
        "2, Error, PodFailurePolicy, PLAN",
        "3, Error, PodFailurePolicy, DIFFERENCES",
        "4, Error, PodFailurePolicy, TIME",
        "137, OOMKilled, BackoffLimitExceeded, MEMORY",
        "137, Error, BackoffLimitExceeded, OTHER",
        "143, Error, DeadlineExceeded, TIME"
    })
    void knowsWhyItFailed(int code, String reason, String condition, Cause cause) {
        var report = of(
                job("", "{conditions: [{type: Failed, status: 'True', reason: %s, message: m}]}".formatted(condition)),
                ended(code, reason));

        assertThat(report).isInstanceOfSatisfying(JobReport.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(cause);
            assertThat(failed.exitCode()).contains(code);
            assertThat(failed.message()).contains("move-1").contains("exit code " + code);
        });
    }

    @Test
    void saysWhatTheJobSaysWhereNoPodIsLeft() {
        var report = of(job(
                "",
                "{conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded, message: too often}]}"));

        assertThat(report).isEqualTo(new JobReport.Failed(Cause.OTHER, Optional.empty(), "the Job says: too often"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', message: no node fits}]} | Unschedulable | no node fits",
                "{phase: Pending, containerStatuses: [{name: migrate, image: i, state: {waiting: {reason: ImagePullBackOff, message: no such image}}}]} | ImagePullBackOff | no such image",
                "{phase: Pending, containerStatuses: [{name: migrate, state: {waiting: {reason: CreateContainerConfigError, message: no key}}}]} | CreateContainerConfigError | no key",
                "{phase: Failed, containerStatuses: [{name: migrate, state: {terminated: {exitCode: 137, reason: OOMKilled}}}]} | AttemptFailed | OOMKilled",
                "{phase: Failed, reason: Evicted} | AttemptFailed | Evicted"
            })
    void saysWhatKeepsThePodFromRunning(String status, String reason, String words) {
        var report = of(job("", "{active: 1}"), ended(1, "Error"), pod("move-2", "2026-01-02T00:00:00Z", status));

        assertThat(report).isInstanceOfSatisfying(JobReport.Working.class, working -> assertThat(working.trouble())
                .hasValueSatisfying(trouble -> {
                    assertThat(trouble.reason()).isEqualTo(reason);
                    assertThat(trouble.message()).contains("move-2").contains(words);
                }));
    }

    /** The pod ends before the Job knows. */
    @ParameterizedTest
    @CsvSource({
        "0, Completed, Running",
        "0, Completed, Succeeded",
        "1, Error, Running",
        "2, Error, Failed",
        "3, Error, Running",
        "4, Error, Failed"
    })
    void anEndThatTheJobWillTellIsNoTrouble(int code, String reason, String phase) {
        var status =
                "{phase: %s, containerStatuses: [{name: migrate, state: {terminated: {exitCode: %d, reason: %s}}}]}"
                        .formatted(phase, code, reason);

        assertThat(of(job("", "{active: 1}"), pod("move-1", "2026-01-02T00:00:00Z", status)))
                .isEqualTo(new JobReport.Working(Optional.empty()));
    }

    @Test
    void asksForPodsOnlyWhereTheyTellMore() {
        assertThat(JobReport.asksForPods(job("", "{}"))).isTrue();
        assertThat(JobReport.asksForPods(job("", "{active: 1, ready: 0}"))).isTrue();
        assertThat(JobReport.asksForPods(job("", "{active: 1, ready: 1}"))).isFalse();
        assertThat(JobReport.asksForPods(job("", "{conditions: [{type: Complete, status: 'True'}]}")))
                .isFalse();
        assertThat(JobReport.asksForPods(job("", "{conditions: [{type: Failed, status: 'True'}]}")))
                .isTrue();
    }
}
