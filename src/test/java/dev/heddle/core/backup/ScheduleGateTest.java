package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackupSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleGateTest {

    private static Optional<Obstacle> gate(String schedule, String cluster) {
        var there = Optional.ofNullable(cluster)
                .map(spec -> Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {namespace: default, name: docs}
                spec: {version: 1.35.2%s}
                """.formatted(spec), WeaviateCluster.class));
        return ScheduleGate.of(Schedules.resource("schedule: '@daily'" + schedule), there);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ",
        "', serviceAccountName: docs-weaviate', '', ",
        "', serviceAccountName: wv-aws', ', serviceAccountName: wv-aws', ",
        "', serviceAccountName: wv-aws', '', ServiceAccountDiffers",
        "', serviceAccountName: docs-weaviate', ', serviceAccountName: wv-aws', ServiceAccountDiffers",
        "'', , ClusterNotFound",
        "', serviceAccountName: wv-aws', , ClusterNotFound",
        "'', ', adopt: {statefulSet: weaviate}', ClusterAdopted"
    })
    void tellsWhatKeepsAllRunsBack(String schedule, String cluster, String reason) {
        assertThat(gate(schedule, cluster).map(Obstacle::reason)).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void saysWhoThePodsRunAs() {
        assertThat(gate(", serviceAccountName: wv-aws", "").orElseThrow().message())
                .contains("wv-aws", "docs-weaviate", "spec.serviceAccountName of the cluster");
    }

    @Test
    void staysInItsNamespace() {
        var schedule = Schedules.resource("schedule: '@daily'");
        schedule.setSpec(Serialization.unmarshal("""
                schedule: '@daily'
                clusterRef: {name: docs, namespace: other}
                """, ScheduledBackupSpec.class));

        assertThat(ScheduleGate.of(schedule, Optional.empty()).map(Obstacle::reason))
                .contains("OtherNamespace");
    }
}
