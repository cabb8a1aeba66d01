package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding;
import dev.heddle.core.status.OnlyReplicaAway;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod whose node has the only replica of a shard goes only after its status says so. */
class AnnouncedRestartTest extends UpgradeOfThreePods {
    @BeforeEach
    void lonely() {
        weaviate.replicas = List.of("db-1");
        rolling("old ready", "old ready", "old ready");
    }

    private static List<Finding> announced(ClusterPlan plan) {
        return plan.findings().stream()
                .filter(finding -> finding.topic() == Finding.Topic.ONLY_REPLICA)
                .toList();
    }

    private void told(String node, int secondsAgo) {
        told = List.of(new ConditionBuilder()
                .withType(OnlyReplicaAway.TYPE)
                .withStatus("True")
                .withMessage(OnlyReplicaAway.announcement(node, List.of("A")).message())
                .withLastTransitionTime(Samples.NOW.minusSeconds(secondsAgo).toString())
                .build());
    }

    @Test
    void announcesFirst() {
        var plan = advance().plan();

        assertThat(announced(plan)).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("NodeRestarts");
            assertThat(finding.message()).startsWith("Node db-1, which has the only replica of shards of A, is");
        });
        assertThat(message(plan)).contains("next db-1", "announced first");
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void replacesItOnceThatStoodThereForAMoment() {
        told("db-1", 1);
        assertThat(message(advance().plan())).contains("announced first");
        assertThat(pods.deleted).isEmpty();

        told("db-1", 2);
        var plan = advance().plan();
        assertThat(pods.deleted).containsExactly("db-1 u1");
        assertThat(announced(plan)).isEmpty();
    }

    @Test
    void goesByNoAnnouncementOfLongAgoOrOfAnotherNode() {
        told("db-1", 20);
        assertThat(announced(advance().plan())).isEmpty();
        told("db-0", 5);
        assertThat(announced(advance().plan())).isEmpty();
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void announcesNothingWhileItCannotBegin() {
        weaviate.operation = "HYDRATING";
        assertThat(announced(advance().plan())).isEmpty();
    }

    @Test
    void announcesTheWayBackAndAnotherConfigurationToo() {
        spec = "version: 1.35.2\nreplicas: 3";
        notes = null;
        template = "1.35.2";
        assertThat(announced(advance().plan())).hasSize(1);
        assertThat(pods.deleted).isEmpty();
    }

    /** It is away already. */
    @Test
    void replacesAtOnceWhatDoesNotServe() {
        led = true;
        rolling("new ready", "old away", "new ready");
        assertThat(announced(advance().plan())).isEmpty();
        assertThat(pods.deleted).containsExactly("db-1 u1");
    }

    @Test
    void announcesNothingWhereEachShardHasAnotherReplica() {
        weaviate.replicas = List.of("db-1", "db-2");
        assertThat(announced(advance().plan())).isEmpty();
        assertThat(pods.deleted).hasSize(1);
    }
}
