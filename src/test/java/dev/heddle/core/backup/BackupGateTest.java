package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupGateTest {
    private static final Backup MINE = backup("mine", "2026-01-02T00:00:00Z", "{}");

    private static Backup backup(String name, String created, String status) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: shop, name: %s, creationTimestamp: "%s"}
                spec: {clusterRef: {name: db}}
                status: %s
                """.formatted(name, created, status), Backup.class);
    }

    private static WeaviateCluster cluster(String ready, String reconciling, String more) {
        return Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {namespace: shop, name: db, generation: 2}
                spec: {version: 1.35.2}
                status:
                  observedGeneration: 2
                  phase: Running
                  conditions:
                  - {type: Ready, status: "%s", reason: A, message: is it ready}
                  - {type: Reconciling, status: "%s", reason: B, message: is it at work}
                  %s
                """.formatted(ready, reconciling, more), WeaviateCluster.class);
    }

    private static Optional<String> reason(WeaviateCluster cluster, Backup... others) {
        return BackupGate.of(MINE, Optional.ofNullable(cluster), List.of(others), List.of())
                .map(Obstacle::reason);
    }

    @ParameterizedTest
    @CsvSource({
        "True, False, '', ",
        "False, False, '', ClusterNotReady",
        "Unknown, False, '', ClusterNotReady",
        "True, True, '', ClusterBusy",
        "True, False, '- {type: DiskPressure, status: \"True\", reason: ShardsReadOnly, message: full}', ClusterNotReady",
        "True, False, '- {type: Stalled, status: \"True\", reason: X, message: something else}', "
    })
    void opensForAHealthyClusterAtRest(String ready, String reconciling, String more, String reason) {
        assertThat(reason(cluster(ready, reconciling, more))).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void waitsUntilTheSpecWasLookedAt() {
        var cluster = cluster("True", "False", "");
        cluster.getMetadata().setGeneration(3L);

        assertThat(reason(cluster)).contains("ClusterBusy");
    }

    @Test
    void needsACluster() {
        assertThat(reason(null)).contains("ClusterNotFound");
    }

    @Test
    void staysInItsNamespace() {
        var other = Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: shop, name: mine}
                spec: {clusterRef: {name: db, namespace: bank}}
                """, Backup.class);

        assertThat(BackupGate.of(other, Optional.of(cluster("True", "False", "")), List.of(), List.of()))
                .hasValueSatisfying(why -> {
                    assertThat(why.reason()).isEqualTo("OtherNamespace");
                    assertThat(why.stuck()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, '{}', true",
        "2026-01-03T00:00:00Z, '{}', false",
        "2026-01-03T00:00:00Z, '{phase: Pending, id: x}', true",
        "2026-01-03T00:00:00Z, '{phase: Running, id: x}', true",
        "2026-01-01T00:00:00Z, '{phase: Verifying, id: x}', true",
        "2026-01-01T00:00:00Z, '{phase: Succeeded, id: x}', false",
        "2026-01-01T00:00:00Z, '{phase: Failed}', false",
        "2026-01-01T00:00:00Z, '{phase: Pending, conditions: [{type: Stalled, status: \"True\"}]}', false",
        "2026-01-01T00:00:00Z, '{phase: Pending, id: x, conditions: [{type: Stalled, status: \"True\"}]}', false",
        "2026-01-01T00:00:00Z, '{phase: Verifying, id: x, conditions: [{type: Stalled, status: \"True\"}]}', false",
        "2026-01-03T00:00:00Z, '{phase: Running, id: x, conditions: [{type: Stalled, status: \"True\"}]}', true"
    })
    void letsOneGoAtATime(String created, String status, boolean waits) {
        assertThat(reason(cluster("True", "False", ""), MINE, backup("other", created, status)))
                .isEqualTo(waits ? Optional.of("WaitingForBackup") : Optional.empty());
    }

    /** Whatever a stale cache brought about, one of two goes on. */
    @Test
    void neverBlocksEachOther() {
        var first = backup("first", "2026-01-01T00:00:00Z", "{phase: Pending, id: a}");
        var second = backup("second", "2026-01-02T00:00:00Z", "{phase: Pending, id: b}");
        var cluster = Optional.of(cluster("True", "False", ""));
        var all = List.of(first, second);

        assertThat(BackupGate.of(first, cluster, all, List.of())).isEmpty();
        assertThat(BackupGate.of(second, cluster, all, List.of())).isPresent();
    }
}
