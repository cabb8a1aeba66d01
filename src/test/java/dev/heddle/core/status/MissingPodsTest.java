package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissingPodsTest {
    private static final String MADE = "2026-01-01T00:00:00Z";
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:20Z");

    private static LiveCluster live(int replicas, Pod... pods) {
        return live(replicas, 3L, pods);
    }

    private static LiveCluster live(int replicas, Long observed, Pod... pods) {
        var set = new StatefulSetBuilder()
                .withNewMetadata()
                .withCreationTimestamp(MADE)
                .withGeneration(3L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(observed)
                .endStatus()
                .build();
        return new LiveCluster(Optional.of(set), List.of(pods), List.of(), Map.of(), Map.of(), List.of());
    }

    @Test
    void podsThatStayAwayAreForgotten() {
        assertThat(MissingPods.forgotten(live(2, Pods.pod(0, "r", Pods.READY)), LATER))
                .isTrue();
    }

    @Test
    void aControllerThatHasNotComeToItIsLeftAlone() {
        assertThat(MissingPods.forgotten(live(2, 2L), LATER)).isFalse();
        assertThat(MissingPods.forgotten(live(2, (Long) null), LATER)).isFalse();
    }

    @Test
    void aNewStatefulSetGetsItsTime() {
        assertThat(MissingPods.forgotten(live(2), Instant.parse(MADE).plusSeconds(5)))
                .isFalse();
    }

    @Test
    void aPodThatStillEndsExplainsIt() {
        var going = Pods.pod(0, "r", Pods.READY);
        going.getMetadata().setDeletionTimestamp(MADE);
        assertThat(MissingPods.forgotten(live(2, going), LATER)).isFalse();
    }

    @Test
    void nothingIsMissing() {
        assertThat(MissingPods.forgotten(live(1, Pods.pod(0, "r", Pods.READY)), LATER))
                .isFalse();
        assertThat(MissingPods.forgotten(LiveCluster.none(), LATER)).isFalse();
    }
}
