package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static ClusterPhase phase(Finding... findings) {
        return phase(true, "replicas: 3", findings);
    }

    private static ClusterPhase phase(boolean serving, String status, Finding... findings) {
        var seen = new Seen(Samples.spec("replicas: 3"));
        var cluster = Samples.cluster(seen.spec());
        cluster.setStatus(Serialization.unmarshal(status, WeaviateClusterStatus.class));
        var health = new ClusterHealth(serving, false, "Reason", "Words.");
        return new ClusterStatusBuilder(cluster, Samples.NOW)
                .planned(Samples.plan(seen).with(List.of(findings)), seen.build(), health)
                .phase();
    }

    @Test
    void endsScalingWhereOnlyReplicasAreAstray() {
        var scaling = "phase: Scaling\nversion: 1.35.2\nreplicas: 3";
        assertThat(phase(false, scaling)).isEqualTo(ClusterPhase.SCALING);
        assertThat(phase(false, scaling, new Finding(Topic.REPLICAS, "NodeDoesNotExist", "Astray.")))
                .isEqualTo(ClusterPhase.DEGRADED);
    }

    /** One column of a list is all that is seen of many clusters at once. */
    @Test
    void isNotRunningWhereDataIsGoneOrNotTaken() {
        assertThat(phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(phase(new Finding(Topic.DATA_LOSS, "VolumeReplaced", "Gone.")))
                .isEqualTo(ClusterPhase.DEGRADED);
        assertThat(phase(new Finding(Topic.DISK, "ShardsReadOnly", "Full."))).isEqualTo(ClusterPhase.DEGRADED);
        assertThat(phase(new Finding(Topic.REFERENCE, "SecretNotFound", "None.")))
                .isEqualTo(ClusterPhase.RUNNING);
    }
}
