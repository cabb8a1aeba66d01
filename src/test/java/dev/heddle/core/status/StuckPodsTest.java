package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StuckPodsTest {
    private static final StatefulSet SET = new StatefulSetBuilder()
            .withNewStatus()
            .withUpdateRevision("new")
            .endStatus()
            .build();

    private static List<Pod> stuck(Optional<StatefulSet> set, Pod... pods) {
        return StuckPods.of(new LiveCluster(set, List.of(pods), List.of(), Map.of(), Map.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {Pods.PULL, Pods.CRASH, Pods.OOM, Pods.CONFIG, Pods.UNSCHEDULABLE, Pods.INIT_FAILED})
    void findsOldPodsThatCannotComeUp(String status) {
        var old = Pods.pod(0, "old", status);

        assertThat(stuck(Optional.of(SET), old, Pods.pod(1, "new", status))).containsExactly(old);
    }

    /** Each of these may serve again in a moment; deleting it could cost the quorum. */
    @ParameterizedTest
    @ValueSource(
            strings = {Pods.READY, Pods.NOT_READY, Pods.CREATING, Pods.INIT_DONE, Pods.READY + ", " + Pods.INIT_DONE, ""
            })
    void leavesTheOthersAlone(String status) {
        assertThat(stuck(Optional.of(SET), Pods.pod(0, "old", status))).isEmpty();
    }

    @Test
    void doesNotDeleteTwice() {
        var going = Pods.pod(0, "old", Pods.CRASH);
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(stuck(Optional.of(SET), going)).isEmpty();
    }

    @Test
    void doesNothingWithoutARevision() {
        assertThat(stuck(Optional.empty(), Pods.pod(0, "old", Pods.CRASH))).isEmpty();
        assertThat(stuck(Optional.of(new StatefulSet()), Pods.pod(0, "old", Pods.CRASH)))
                .isEmpty();
    }
}
