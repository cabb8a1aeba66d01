package dev.heddle.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.Restore;
import dev.heddle.api.cloud.v1alpha1.RestoreSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.backup.BackupGate;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.ServerStorage;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreGateTest {
    private static final String LATER = "2026-01-02T00:00:01Z";
    private static final String EARLIER = "2026-01-02T00:00:00Z";
    private static final ServerStorage SERVER = new ServerStorage(
            "backups", "shop/db", Optional.of("http://s3:9000"), Optional.of("us-east-1"), Optional.of("keys"));

    private static final Optional<WeaviateCluster> CLUSTER =
            Optional.of(Serialization.unmarshal("""
            apiVersion: weaviate.io/v1
            kind: WeaviateCluster
            metadata: {namespace: shop, name: db, generation: 2}
            spec: {version: 1.36.0}
            status:
              observedGeneration: 2
              phase: Running
              conditions:
              - {type: Ready, status: "True", reason: A, message: m}
              - {type: Reconciling, status: "False", reason: B, message: m}
            """, WeaviateCluster.class));

    private static Restore restore(String name, String created, String status) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Restore
                metadata: {namespace: shop, name: %s, creationTimestamp: "%s"}
                spec: {clusterRef: {name: db}, backupRef: {name: nightly}}
                status: %s
                """.formatted(name, created, status), Restore.class);
    }

    private static Backup backup(String created, String status) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: shop, name: nightly, creationTimestamp: "%s"}
                spec: {clusterRef: {name: db}}
                status: %s
                """.formatted(created, status), Backup.class);
    }

    @Test
    void waitsForItsCluster() {
        assertThat(RestoreGate.of(restore("mine", LATER, "{}"), Optional.empty(), List.of(), List.of()))
                .hasValueSatisfying(obstacle -> {
                    assertThat(obstacle.reason()).isEqualTo("ClusterNotFound");
                    assertThat(obstacle.stuck()).isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-02T00:00:00Z | {} | WaitingForRestore",
                "2026-01-02T00:00:09Z | {} | ",
                "2026-01-02T00:00:09Z | {phase: Restoring} | WaitingForRestore",
                "2026-01-02T00:00:09Z | {phase: Pending, coordinator: u/0} | WaitingForRestore",
                "2026-01-02T00:00:00Z | {phase: Succeeded} | ",
                "2026-01-02T00:00:00Z | {phase: Verifying} | ",
                "2026-01-02T00:00:00Z | {conditions: [{type: Stalled, status: 'True', reason: CollectionExists}]} | ",
                "2026-01-02T00:00:00Z | {conditions: [{type: Ready, status: 'False', reason: BackupNotReady}]} | ",
            })
    void restoresAndBackupsAreOneQueue(String created, String status, String reason) {
        var other = restore("other", created, status);

        assertThat(RestoreGate.of(restore("mine", LATER, "{}"), CLUSTER, List.of(), List.of(other))
                        .map(Obstacle::reason))
                .isEqualTo(Optional.ofNullable(reason));
        assertThat(BackupGate.of(backup(LATER, "{}"), CLUSTER, List.of(), List.of(other))
                        .map(Obstacle::reason))
                .isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void waitsForABackupThatRuns() {
        var running = backup(LATER, "{phase: Running, id: x}");

        assertThat(RestoreGate.of(restore("mine", EARLIER, "{}"), CLUSTER, List.of(running), List.of())
                        .map(Obstacle::reason))
                .contains("WaitingForBackup");
    }

    /** Whichever is looked at first: one of the two goes on. */
    @Test
    void neverWaitsForTheBackupThatWaitsForIt() {
        var waiting =
                restore("mine", EARLIER, "{conditions: [{type: Ready, status: 'False', reason: BackupNotReady}]}");
        var backup = backup(LATER, "{}");

        assertThat(BackupGate.of(backup, CLUSTER, List.of(backup), List.of(waiting)))
                .isEmpty();
        assertThat(RestoreGate.of(waiting, CLUSTER, List.of(backup), List.of(waiting)))
                .isEmpty();
    }

    @Test
    void oneBackupIsRestoredOnceAtATime() {
        var location = "s3://backups/shop/db/x";
        var running = restore("other", LATER, "{phase: Restoring, coordinator: u/0, location: %s}".formatted(location));
        var mine = restore("mine", EARLIER, "{}");

        assertThat(RestoreGate.shared(mine, location, List.of(mine, running)).map(Obstacle::reason))
                .contains("WaitingForRestore");
        assertThat(RestoreGate.shared(mine, location + "2", List.of(mine, running)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{phase: Running, id: x} | BackupNotReady | false",
                "{} | BackupNotReady | false",
                "{phase: Failed} | BackupNotGood | true",
                "{phase: Succeeded, id: x, storage: {bucket: 's3://b/p', endpoint: 'http://other:1'}} | StorageDiffers | true",
                "{phase: Succeeded, id: x, storage: {bucket: 's3://b/p'}} | StorageDiffers | true",
            })
    void needsABackupThatCanBeReached(String status, String reason, boolean stuck) {
        var origin = RestoreOrigin.of(
                restore("mine", LATER, "{}").getSpec(), Optional.of(backup(EARLIER, status)), Optional.of(SERVER));

        assertThat(origin).isInstanceOfSatisfying(RestoreOrigin.Impossible.class, impossible -> {
            assertThat(impossible.why().reason()).isEqualTo(reason);
            assertThat(impossible.why().stuck()).isEqualTo(stuck);
        });
    }

    @Test
    void findsTheBackup() {
        var good = "{phase: Succeeded, id: x, storage: {bucket: 's3://b/p', endpoint: 'http://s3:9000'}}";
        var spec = restore("mine", LATER, "{}").getSpec();

        assertThat(RestoreOrigin.of(spec, Optional.of(backup(EARLIER, good)), Optional.of(SERVER)))
                .isInstanceOfSatisfying(
                        RestoreOrigin.Known.class, known -> assertThat(RestoreStatusBuilder.location(known))
                                .isEqualTo("s3://b/p/x"));
        assertThat(RestoreOrigin.of(spec, Optional.empty(), Optional.of(SERVER)))
                .isInstanceOfSatisfying(
                        RestoreOrigin.Impossible.class,
                        none -> assertThat(none.why().reason()).isEqualTo("BackupNotFound"));
        assertThat(RestoreOrigin.of(spec, Optional.of(backup(EARLIER, good)), Optional.empty()))
                .isInstanceOfSatisfying(
                        RestoreOrigin.Impossible.class,
                        none -> assertThat(none.why().reason()).isEqualTo("NoBackupStorage"));
    }

    @ParameterizedTest
    @CsvSource({"backups, s3://backups/x", "s3://backups/a/b/, s3://backups/a/b/x"})
    void readsABucket(String bucket, String location) {
        var spec = Serialization.unmarshal(
                "---\n{clusterRef: {name: db}, source: {id: x, s3: {bucket: '%s'}}}".formatted(bucket),
                RestoreSpec.class);

        assertThat(RestoreOrigin.of(spec, Optional.empty(), Optional.of(SERVER)))
                .isInstanceOfSatisfying(RestoreOrigin.Known.class, known -> {
                    assertThat(RestoreStatusBuilder.location(known)).isEqualTo(location);
                    assertThat(known.storage().endpoint()).isEqualTo("http://s3:9000");
                    assertThat(known.storage().pathStyle()).isTrue();
                    assertThat(known.storage().credentialsSecretRef().name()).isEqualTo("keys");
                });
    }
}
