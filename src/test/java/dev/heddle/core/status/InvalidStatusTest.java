package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidStatusTest {
    private static final Finding WRONG = new Finding(Finding.Topic.SPEC, "VersionNotSupported", "Too old.");

    private static WeaviateCluster cluster(String conditions) {
        return Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {name: db, namespace: n, generation: 2}
                spec: {version: 1.35.2}
                status: {phase: Running, version: 1.35.2, replicas: 3, conditions: [%s]}
                """.formatted(conditions), WeaviateCluster.class);
    }

    private static Condition condition(WeaviateClusterStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    @Test
    void tellsOfAPauseUntilItEnds() {
        var cluster = cluster("{type: WritesPaused, status: 'True', reason: MovingShards, lastTransitionTime: '%s'}"
                .formatted(Samples.NOW.minusSeconds(30)));
        var builder = new ClusterStatusBuilder(cluster, Samples.NOW);
        var ended = new ClusterStatusBuilder(cluster, Samples.NOW);

        assertThat(condition(builder.invalid(List.of(WRONG), true), WritesPaused.TYPE))
                .matches(WritesPaused::is)
                .returns(Samples.NOW.minusSeconds(30).toString(), Condition::getLastTransitionTime);
        assertThat(condition(ended.invalid(List.of(WRONG), false), WritesPaused.TYPE))
                .returns("Resumed", Condition::getReason)
                .returns("Writes were refused for 30 s.", Condition::getMessage);
    }
}
