package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Names;
import dev.heddle.weaviate.BackupReply;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of Weaviate, when, and which pod is replaced; the decisions have tests of their own. */
class ClusterUpgradeTest {
    private static final String PLACE = "\nbackup: {s3: {bucket: b, credentialsSecretRef: {name: s3}}}";
    private static final String S3 = PLACE + "\nupgrade: {backupFirst: true}";
    private static final List<BackupReply> NIGHTLY =
            List.of(new BackupReply("nightly", "TRANSFERRING", null, "2026-01-02T03:04:00Z"));

    private final ScriptedWeaviate weaviate = new ScriptedWeaviate();
    private final RecordingPods pods = new RecordingPods();
    private final Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    private final ClusterUpgrade upgrade =
            new ClusterUpgrade(weaviate, pods, new RunningBackups(weaviate, names -> Optional.empty(), clock), clock);
    private String spec = "version: 1.36.0\nreplicas: 3";
    private String template = "1.35.2";
    private String[] states = {"new ready", "new ready", "new ready"};
    private UpgradeStatus notes;
    private Boolean led;
    private ClusterPhase phase = ClusterPhase.RUNNING;

    /** What the API server shows, and what it was told. */
    private static final class RecordingPods implements DatabasePods {
        private final List<String> deleted = new ArrayList<>();
        private List<Pod> pods = List.of();
        private boolean another;

        @Override
        public List<Pod> of(Names names) {
            return another ? pods.subList(1, pods.size()) : pods;
        }

        @Override
        public void delete(Pod pod) {
            deleted.add(pod.getMetadata().getName() + " " + pod.getMetadata().getUid());
        }
    }

    private Seen seen() {
        var seen =
                new Seen(Samples.spec(spec)).with(Serialization.unmarshal("""
                        kind: StatefulSet
                        apiVersion: apps/v1
                        metadata: {name: db, generation: 4, annotations: {heddle.dev/raft-voters: "3"}}
                        spec:
                          replicas: 3
                          template: {spec: {containers: [{name: weaviate, image: "x:%s", env: []}]}}
                          volumeClaimTemplates: [{spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]
                        status: {replicas: 3, readyReplicas: 3, observedGeneration: 4, updateRevision: new}
                        """.formatted(template), StatefulSet.class));
        var names = List.of("db-0", "db-1", "db-2");
        for (int i = 0; i < states.length; i++) {
            var words = states[i].split(" ");
            seen.with(Serialization.unmarshal(
                    """
                            kind: Pod
                            apiVersion: v1
                            metadata: {name: db-%d, namespace: shop, uid: u%d, labels: {controller-revision-hash: %s}}
                            spec: {containers: [{name: proxy, image: "p:1.36.0"}, {name: weaviate, image: "%s"}]}
                            status:
                              podIP: 10.0.0.%d
                              startTime: "2026-01-02T02:00:00Z"
                              containerStatuses: [{name: weaviate, restartCount: 0, state: {running: {}}}]
                              conditions: [{type: Ready, status: "%s", lastTransitionTime: "2026-01-02T03:03:%d0Z"}]
                            """.formatted(
                                    i,
                                    i,
                                    words[0],
                                    words.length > 2 ? words[2] : "x",
                                    i,
                                    words[1].equals("ready") ? "True" : "False",
                                    i),
                    Pod.class));
        }
        pods.pods = seen.build().live().pods();
        return seen.with(new Answered(
                IntStream.range(0, 3)
                        .mapToObj(i -> new Node("db-" + i, "1.35.2", "HEALTHY", 1, 0, List.of(), false))
                        .toList(),
                names.stream()
                        .map(name -> new RaftView(name, true, name.equals("db-2"), "db-2", names, names))
                        .toList()));
    }

    private Upgraded advance(Finding... findings) {
        var seen = seen();
        var cluster = cluster(seen);
        var plan = ((Outcome.Planned) ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS))
                .plan()
                .with(List.of(findings));
        return upgrade.advance(cluster, plan, seen.build());
    }

    private WeaviateCluster cluster(Seen seen) {
        var cluster = Samples.cluster(seen.spec());
        var reconciling = new ConditionBuilder()
                .withType("Reconciling")
                .withStatus(phase == ClusterPhase.SCALING ? "True" : "False")
                .withMessage("a node leaves")
                .build();
        cluster.setStatus(new WeaviateClusterStatus(
                7L, phase, "1.35.2", null, 3, 3, null, null, 3, null, null, null, notes, List.of(reconciling)));
        return cluster;
    }

    private void noted(UpgradeStage stage) {
        notes = new UpgradeStatus("1.35.2", "1.36.0", "1.36.0", stage, "2026-01-02T03:03:00Z", led, "b-1", null);
    }

    private static String message(ClusterPlan plan) {
        return plan.operation().map(Operation::message).orElse("");
    }

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

    private void rolling(String... pods) {
        noted(UpgradeStage.ROLLING);
        template = "1.36.0";
        states = pods;
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
