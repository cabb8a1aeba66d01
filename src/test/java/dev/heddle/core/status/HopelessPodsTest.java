package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopelessPodsTest {
    private static final String OLD = "startTime: '2026-01-02T03:03:00Z', ";
    private static final String YOUNG = "startTime: '2026-01-02T03:03:30Z', ";

    private static Optional<String> first(String status) {
        return HopelessPods.first(List.of(Pods.pod(0, status)), Samples.NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {Pods.PULL, Pods.CRASH, Pods.CONFIG})
    void knowsWhoWillNotComeUp(String status) {
        assertThat(first(OLD + status)).get().asString().startsWith("pod db-0: ");
        assertThat(first(YOUNG + status)).as("for a minute it may").isEmpty();
    }

    /** Scheduling, loading and a crash or two may end well. */
    @ParameterizedTest
    @ValueSource(strings = {Pods.OOM, Pods.UNSCHEDULABLE, Pods.CREATING, Pods.NOT_READY, Pods.READY + ", " + Pods.PULL})
    void hopesForTheOthers(String status) {
        assertThat(first(OLD + status)).isEmpty();
    }

    @Test
    void hopesWhereTheAgeIsNotKnown() {
        assertThat(first(Pods.PULL)).isEmpty();
        assertThat(first("startTime: yesterday, " + Pods.PULL)).isEmpty();
    }
}
