package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailingStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String CLUSTER = """
            apiVersion: weaviate.io/v1
            kind: WeaviateCluster
            metadata: {name: db, namespace: n, generation: 2}
            spec: {version: 1.35.2}
            """;

    @Test
    void keepsWhatWasKnownAndSaysThatItTriesAgain() {
        var cluster = Serialization.unmarshal(
                CLUSTER
                        + "status: {phase: Running, version: 1.35.2, replicas: 3, conditions: [{type: Ready, status: 'True', reason: Serving}, {type: Reconciling, status: 'False', reason: UpToDate}]}",
                WeaviateCluster.class);
        var status = new ClusterStatusBuilder(cluster, NOW).failing("boom");
        assertThat(status.phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.conditions()).extracting(Condition::getType).containsExactly("Ready", "Reconciling");
        assertThat(status.conditions().getLast()).satisfies(condition -> {
            assertThat(condition.getStatus()).isEqualTo("True");
            assertThat(condition.getMessage()).endsWith("boom");
            assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-02T03:04:05Z");
        });
    }

    @Test
    void aClusterThatWasNeverSeenIsPending() {
        var cluster = Serialization.unmarshal(CLUSTER, WeaviateCluster.class);
        assertThat(new ClusterStatusBuilder(cluster, NOW).failing("boom").phase())
                .isEqualTo(ClusterPhase.PENDING);
    }
}
