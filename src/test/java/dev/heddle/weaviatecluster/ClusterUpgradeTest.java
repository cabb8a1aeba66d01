package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.common.Finding;
import dev.heddle.weaviate.BackupReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of Weaviate, when, and which pod is replaced; the decisions have tests of their own. */
class ClusterUpgradeTest extends UpgradeOfThreePods {
    private static final String PLACE = "\nbackup: {s3: {bucket: b, credentialsSecretRef: {name: s3}}}";
    private static final String S3 = PLACE + "\nupgrade: {backupFirst: true}";
    private static final List<BackupReply> NIGHTLY =
            List.of(new BackupReply("nightly", "TRANSFERRING", null, "2026-01-02T03:04:00Z"));

    @Test
    void writesDownWhatItBeginsAndChangesNothingYet() {
        var plan = advance().plan();

        assertThat(plan.upgrade()).map(UpgradeStatus::stage).contains(UpgradeStage.ROLLING);
        assertThat(plan.version()).isEqualTo("1.35.2");
        assertThat(plan.operation()).map(Operation::phase).contains(ClusterPhase.UPGRADING);
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void waitsForNodesThatComeOrGo() {
        phase = ClusterPhase.SCALING;
        var upgraded = advance();

        assertThat(upgraded.plan().upgrade()).isEmpty();
        assertThat(upgraded.plan().operation()).as("the others go on").isEmpty();
        assertThat(message(upgraded.after(upgraded.plan()))).contains("a node leaves");
    }

    @Test
    void replacesNothingBeforeTheTemplateIsThere() {
        noted(UpgradeStage.ROLLING);
        var plan = advance().plan();

        assertThat(plan.version()).isEqualTo("1.36.0");
        assertThat(plan.running()).isEqualTo("1.35.2");
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void replacesOnePodAndNotTheLeader() {
        rolling("old ready", "old ready", "old ready");
        var plan = advance().plan();

        assertThat(pods.deleted).containsExactly("db-1 u1");
        assertThat(message(plan)).isEqualTo("0 of 3 pods on 1.36.0, next db-1.");
    }

    @Test
    void waitsWhereAReplicaMovesOrIsMissing() {
        rolling("old ready", "old ready", "old ready");
        weaviate.operation = "HYDRATING";
        assertThat(message(advance().plan())).contains("being moved or copied");
        weaviate.operation = "READY";
        weaviate.replicas = List.of("db-0", "db-7");
        assertThat(message(advance().plan())).contains("shard A/s0", "db-7");
        assertThat(pods.deleted).isEmpty();
    }

    private void repairing(long first, long second, long third) {
        weaviate.repairs = true;
        weaviate.counts.putAll(Map.of("10.0.0.0", first, "10.0.0.1", second, "10.0.0.2", third));
    }

    @Test
    void waitsUntilTheLastOneHasCaughtUp() {
        spec = "version: 1.35.2\nreplicas: 3";
        states = new String[] {"old ready", "old ready", "new ready"};
        repairing(100, 98, 90);
        assertThat(message(advance().plan())).contains("has 90 of 100 objects of A");
        assertThat(pods.deleted).isEmpty();
        repairing(100, 98, 101);
        advance();
        assertThat(pods.deleted).hasSize(1);
    }

    /** Seen between 1.35.2 and 1.36.0: they cannot repair each other. */
    @Test
    void goesOnSoonWhereNodesOfTwoMinorsMayNotCatchUp() {
        led = true;
        rolling("old ready", "old ready", "new ready");
        repairing(100, 98, 90);
        advance();
        assertThat(pods.deleted).hasSize(1);
    }

    @Test
    void endsTheStepWhenEveryNodeHasCaughtUp() {
        led = true;
        rolling("new ready", "new ready", "new ready");
        repairing(90, 100, 100);
        var plan = advance().plan();
        assertThat(plan.upgrade()).isPresent();
        assertThat(message(plan)).contains("has 90 of 100 objects of A");
        repairing(100, 100, 100);
        assertThat(advance().plan().upgrade()).isEmpty();
    }

    /** What is on a replaced volume is not there yet, whatever Weaviate says of the nodes. */
    @Test
    void replacesNothingWhileAReplicaIsFilledAgain() {
        rolling("old ready", "old ready", "old ready");
        var refill = new Finding(Finding.Topic.REPLICAS, "RefillingReplicas", "db-2 has 1 of 2 objects of A.");
        assertThat(message(advance(refill).plan())).contains("db-2 has 1 of 2 objects of A.");
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void replacesNothingByAnOldPicture() {
        rolling("old ready", "old ready", "old ready");
        pods.another = true;
        advance();
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void rollsAConfigurationTheSameWay() {
        spec = "version: 1.35.2\nreplicas: 3";
        states = new String[] {"old ready", "old ready", "new ready"};
        var plan = advance().plan();

        assertThat(plan.operation()).map(Operation::reason).contains("RollingOut");
        assertThat(pods.deleted).containsExactly("db-1 u1");
    }

    @Test
    void replacesNothingDuringABackup() {
        spec += PLACE;
        weaviate.others = NIGHTLY;
        var upgraded = advance();
        assertThat(upgraded.plan().upgrade()).isEmpty();
        assertThat(message(upgraded.after(upgraded.plan()))).contains("backup nightly has been going on since");
        spec = spec.replace("1.36.0", "1.35.2");
        states = new String[] {"old ready", "old ready", "new ready"};
        assertThat(message(advance().plan())).contains("It waits: backup nightly");
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void carriesThroughAStepThatHasBegun() {
        spec += PLACE;
        weaviate.others = NIGHTLY;
        rolling("old ready", "old ready", "old ready");
        advance();
        assertThat(pods.deleted).hasSize(1);
    }

    @Test
    void remembersThatANodeOfTheNewVersionLeads() {
        rolling("old ready", "old ready", "new ready");
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::led).contains(true);
        assertThat(pods.deleted).isEmpty();
    }

    /** A change of the configuration during a step makes another revision of the same version. */
    @Test
    void judgesTheLeaderByItsVersion() {
        rolling("old ready x:1.35.2", "old ready x:1.36.0", "old ready x:1.36.0@sha256:ab");
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::led).contains(true);
        rolling("new ready x:1.36.0", "new ready x:1.36.0", "new ready x:1.35.2");
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::led).isEmpty();
    }

    /** Which version it has is not known then. */
    @Test
    void doesNotGoBackByALeaderWhosePodIsGone() {
        rolling("new ready x:1.36.0", "old ready x:1.35.2");
        noted(UpgradeStage.STOPPED);
        spec = spec.replace("1.36.0", "1.35.2");
        assertThat(Samples.reasons(advance().plan().findings())).contains("UpgradeStopped");
    }

    @Test
    void endsTheStep() {
        led = true;
        rolling("new ready", "new ready", "new ready");
        assertThat(advance().plan().upgrade()).isEmpty();
        assertThat(advance().plan().running()).isEqualTo("1.36.0");
        weaviate.replicas = List.of("db-0", "db-7");
        assertThat(advance().plan().upgrade()).as("not with a replica missing").isPresent();
    }

    @Test
    void standsStillWhereOnlyAPersonCanHelp() {
        rolling("new ready", "old ready", "new away");
        noted(UpgradeStage.STOPPED);
        var upgraded = advance();

        assertThat(upgraded.alone()).isTrue();
        assertThat(Samples.reasons(upgraded.plan().findings())).contains("UpgradeStopped");
        assertThat(pods.deleted).isEmpty();
    }

    @Test
    void refusesWithoutAPlaceForTheBackup() {
        spec += "\nupgrade: {backupFirst: true}";
        assertThat(Samples.reasons(advance().plan().findings())).contains("BackupFirstImpossible");
        assertThat(weaviate.calls).doesNotContain("back up");
    }

    @Test
    void takesTheBackupOfItsNotes() {
        spec += S3;
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::stage).contains(UpgradeStage.BACKINGUP);

        noted(UpgradeStage.BACKINGUP);
        assertThat(message(advance().plan())).contains("backup b-1 is being taken");
        assertThat(weaviate.calls).containsOnlyOnce("back up s3 b-1 by 10.0.0.0");
        weaviate.backup = "STARTED";
        advance();
        assertThat(weaviate.calls).containsOnlyOnce("back up s3 b-1 by 10.0.0.0");
        weaviate.backup = "bucket away";
        assertThat(message(advance().plan())).contains("backup b-1 is being taken");
        weaviate.backup = "SUCCESS";
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::stage).contains(UpgradeStage.ROLLING);
        weaviate.backup = "FAILED";
        assertThat(advance().plan().upgrade())
                .map(UpgradeStatus::message)
                .get()
                .asString()
                .contains("FAILED: words");
    }

    @Test
    void needsNoBackupOfNothing() {
        spec += S3;
        noted(UpgradeStage.BACKINGUP);
        weaviate.empty = true;
        assertThat(advance().plan().upgrade()).map(UpgradeStatus::stage).contains(UpgradeStage.ROLLING);
        assertThat(weaviate.calls).noneMatch(call -> call.startsWith("back up"));
    }

    @Test
    void saysWhyTheBackupDoesNotBegin() {
        spec += S3;
        noted(UpgradeStage.BACKINGUP);
        weaviate.backup = "refused";
        assertThat(message(advance().plan())).contains("has not begun it", "no bucket");
    }

    @Test
    void hasNothingToDoWithoutAStatefulSet() {
        var seen = new Seen(Samples.spec(spec));
        var plan = Samples.plan(seen);
        assertThat(upgrade.advance(Samples.cluster(seen.spec()), plan, seen.build()))
                .isEqualTo(new Upgraded(plan, false, Optional.empty()));
    }
}
