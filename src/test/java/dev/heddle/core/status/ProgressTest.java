package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static WeaviateClusterStatus status(String ready, String reason, String message) {
        return Serialization.unmarshal("""
                observedGeneration: 1
                phase: Creating
                replicas: 3
                conditions: [{type: Ready, status: "%s", reason: %s, message: "%s"}]
                """.formatted(ready, reason, message), WeaviateClusterStatus.class);
    }

    private static final WeaviateClusterStatus NONE = status("False", "PodsNotReady", "0 of 3 pods are ready.");

    @Test
    void isACountOfPods() {
        var one = status("False", "PodsNotReady", "1 of 3 pods are ready.");
        assertThat(Progress.only(NONE, one)).isTrue();
        assertThat(Progress.sameReasons(NONE, one)).isTrue();
    }

    @Test
    void isAnotherReason() {
        var ill = status("False", "NodesDiffer", "Weaviate sees nodes [].");
        assertThat(Progress.only(NONE, ill)).isTrue();
        assertThat(Progress.sameReasons(NONE, ill)).isFalse();
    }

    @Test
    void isNotThatItServes() {
        assertThat(Progress.only(NONE, status("True", "Serving", "3 of 3 nodes serve.")))
                .isFalse();
    }

    @Test
    void isNotTheFirstStatus() {
        assertThat(Progress.only(null, NONE)).isFalse();
        assertThat(Progress.sameReasons(NONE, Serialization.unmarshal("{}", WeaviateClusterStatus.class)))
                .isFalse();
    }
}
