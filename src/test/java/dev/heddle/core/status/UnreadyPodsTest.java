package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadyPodsTest {
    private static final String UNBOUND =
            Pods.UNSCHEDULABLE.replace("0/3 nodes are available", "pod has unbound immediate PersistentVolumeClaims");

    private static String words(int size, Pod... pods) {
        return UnreadyPods.words(Samples.NAMES.nodes(size), List.of(pods));
    }

    @Test
    void groupsThemByWhatTheyWaitFor() {
        var ending = Pods.pod(0, Pods.READY);
        ending.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(words(
                        6,
                        ending,
                        Pods.pod(1, Pods.READY),
                        Pods.pod(2, Pods.CREATING),
                        Pods.pod(3, UNBOUND),
                        Pods.pod(4, Pods.INIT_DONE),
                        Pods.pod(5, "")))
                .isEqualTo("Ending: db-0. Starting: db-2, db-5. Waiting for a volume: db-3."
                        + " Running, but the readiness probe does not succeed yet: db-4.");
    }

    @Test
    void namesTheFirstOfMany() {
        assertThat(words(12, Pods.pod(1, Pods.READY))).isEqualTo("Not there yet: db-0, db-2, db-3 and 8 more.");
    }

    /** Each other text would be a write of the status. */
    @Test
    void saysTheSameAfterARestart() {
        var once =
                "containerStatuses: [{name: weaviate, restartCount: 1, state: {running: {startedAt: '2026-01-01T00:00:00Z'}}}]";
        var twice = once.replace("restartCount: 1", "restartCount: 2").replace("00:00Z", "00:09Z");

        assertThat(words(1, Pods.pod(0, once))).isEqualTo(words(1, Pods.pod(0, twice)));
    }
}
