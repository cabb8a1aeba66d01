package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static ClusterPhase phase(Finding... findings) {
        var seen = new Seen(Samples.spec("replicas: 3"));
        var plan = Samples.plan(seen).with(List.of(findings));
        var health = new ClusterHealth(true, false, "Serving", "3 of 3 nodes serve.");
        return new ClusterStatusBuilder(Samples.cluster(seen.spec()), Samples.NOW)
                .planned(plan, seen.build(), health)
                .phase();
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
