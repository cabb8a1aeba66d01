package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.OperationsReply;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked of Weaviate, when, and what becomes of its answers; the decisions have tests of their own. */
class ClusterScalingTest {
    private final OneCollection weaviate = new OneCollection();
    private final OperatorConfig config = (OperatorConfig) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {OperatorConfig.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("healthInterval");
                return Duration.ofSeconds(60);
            });
    private final Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    private final ClusterScaling scaling = new ClusterScaling(
            weaviate, null, new RunningBackups(weaviate, names -> Optional.empty(), clock), config, clock);
    private boolean paused;
    private List<Long> shards = List.of(3L, 3L, 3L, 3L);
    private String spec = "replicas: 3";
    private List<String> strangers = List.of();

    private Seen seen() {
        var names = IntStream.range(0, 4).mapToObj(i -> "db-" + i).toList();
        var seen = new Seen(Samples.spec(spec)).with(Serialization.unmarshal("""
                        kind: StatefulSet
                        apiVersion: apps/v1
                        metadata: {name: db, annotations: {heddle.dev/raft-voters: "3"}}
                        spec:
                          replicas: 4
                          template: {spec: {containers: [{name: weaviate, env: []}]}}
                          volumeClaimTemplates: [{spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]
                        status: {replicas: 4}
                        """, StatefulSet.class));
        names.forEach(name -> seen.with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: %s}
                        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
                        """.formatted(name), Pod.class)));
        var peers = Stream.concat(names.stream(), strangers.stream()).toList();
        return seen.with(new Answered(
                IntStream.range(0, 4)
                        .mapToObj(i -> new Node("db-" + i, "1.35.2", "HEALTHY", shards.get(i), 0, List.of(), paused))
                        .toList(),
                names.stream()
                        .map(name -> new RaftView(name, true, name.equals("db-0"), "db-0", names.subList(0, 3), peers))
                        .toList()));
    }

    private ClusterPlan advance() {
        var seen = seen();
        return scaling.advance(Samples.cluster(seen.spec()), Samples.plan(seen), seen.build());
    }

    private ClusterPlan held() {
        var seen = seen();
        return scaling.hold(Samples.cluster(seen.spec()), advance(), seen.build());
    }

    @Test
    void movesShardsAwayFirst() {
        weaviate.replicas = List.of("db-0", "db-1", "db-3");

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.operation()).map(Operation::reason).contains("DrainingNode");
        assertThat(weaviate.calls)
                .containsExactly(
                        "schema",
                        "MOVE A/s0 db-3→db-2",
                        "MOVE A/s1 db-3→db-2",
                        "MOVE A/s2 db-3→db-2",
                        "MOVE A/s3 db-3→db-2");
    }

    /** Seen on 1.35.2: a node that left, came back and leaves again. */
    @Test
    void letsWeaviateForgetAFormerMoveThatBarsAnother() {
        weaviate.replicas = List.of("db-0", "db-1", "db-3");
        var ready = new OperationsReply.Status("READY", List.of());
        weaviate.operations = List.of(
                new OperationsReply.Operation("a", "A", "s0", "db-2", "db-3", "MOVE", ready),
                new OperationsReply.Operation("b", "A", "s0", "db-3", "db-2", "MOVE", ready),
                new OperationsReply.Operation("c", "A", "s1", "db-3", "db-2", "MOVE", null),
                new OperationsReply.Operation("d", "B", "s0", "db-3", "db-2", "MOVE", ready));

        assertThat(advance().operation())
                .map(Operation::message)
                .get()
                .asString()
                .contains("did not begin to move shard A/s0");
        advance();

        assertThat(weaviate.calls)
                .startsWith("schema", "forget b", "schema", "MOVE A/s0 db-3→db-2")
                .doesNotContain("forget a", "forget c", "forget d");
    }

    @Test
    void removesNothingDuringABackup() {
        spec = "replicas: 3\nbackup: {s3: {bucket: b, credentialsSecretRef: {name: s3}}}";
        shards = List.of(4L, 4L, 4L, 0L);
        weaviate.backups = List.of(new BackupReply("nightly", "STARTED", null, "2026-01-02T03:04:00Z"));

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.operation())
                .map(Operation::message)
                .get()
                .asString()
                .contains("Node db-3 leaves as soon as it may: backup nightly has been going on since");
        assertThat(weaviate.calls).isEmpty();
    }

    @Test
    void letsOtherWorkGoFirst() {
        shards = List.of(4L, 4L, 4L, 0L);
        var seen = seen();
        var growth = Optional.of(new Operation(ClusterPhase.RESIZING, "GrowingVolumes", "1 of 4."));
        var busy = Samples.plan(seen).scaling(4, growth);

        assertThat(scaling.advance(Samples.cluster(seen.spec()), busy, seen.build()))
                .isEqualTo(busy);
        assertThat(weaviate.calls).isEmpty();
    }

    /** Raft's state on the claim is that of a removed node, whatever else goes on. */
    @Test
    void holdsNewNodesBackWhileOtherWorkGoesOnAndADrainedClaimIsThere() {
        spec = "replicas: 5";
        var seen = seen().with(Serialization.unmarshal("""
                        kind: PersistentVolumeClaim
                        apiVersion: v1
                        metadata: {name: data-db-4, deletionTimestamp: "2026-01-02T03:00:00Z", annotations: {heddle.dev/drained: "true"}}
                        """, PersistentVolumeClaim.class));
        var growth = Optional.of(new Operation(ClusterPhase.RESIZING, "GrowingVolumes", "1 of 4."));

        var plan =
                scaling.advance(Samples.cluster(seen.spec()), Samples.plan(seen).scaling(5, growth), seen.build());

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.operation()).isEqualTo(growth);
    }

    @Test
    void removesAndShrinksAtOnce() {
        shards = List.of(4L, 4L, 4L, 0L);

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(weaviate.calls).containsExactly("schema", "remove db-3 by cluster");
    }

    /** One that left before may have joined Raft again on its way out; nothing would ever be settled with it. */
    @Test
    void removesAPeerWithoutAPodBeforeTheNextOneLeaves() {
        shards = List.of(4L, 4L, 4L, 0L);
        strangers = List.of("db-4", "x-7");

        assertThat(advance().replicas()).isEqualTo(4);
        assertThat(weaviate.calls).containsExactly("schema", "remove db-4 by cluster");
    }

    @Test
    void keepsAPeerThatAShardNames() {
        strangers = List.of("db-4");
        weaviate.replicas = List.of("db-0", "db-1", "db-4");

        advance();

        assertThat(weaviate.calls).containsExactly("schema");
    }

    /** It may just have been deleted, but nobody knows. */
    @Test
    void waitsForACollectionOfWhichWeaviateSaysNothing() {
        shards = List.of(4L, 4L, 4L, 0L);
        weaviate.gone = true;

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.operation()).map(Operation::message).get().asString().contains("tells where its shards are");
    }

    @Test
    void pausesWritesAndThenMovesTheOnlyReplica() {
        spec = "replicas: 3\nscaleIn: {writePause: Allowed}";
        weaviate.factor = 1;
        weaviate.replicas = List.of("db-3");

        assertThat(advance().writesPaused()).isTrue();
        assertThat(weaviate.calls).containsExactly("schema");
        paused = true;
        assertThat(advance().writesPaused()).isTrue();
        assertThat(weaviate.calls).contains("MOVE A/s3 db-3→db-0");
    }

    /** The user no longer wants fewer nodes, but a move cannot be taken back. */
    @Test
    void keepsWritesPausedUntilTheLastMoveEnded() {
        spec = "replicas: 4";
        weaviate.factor = 1;
        weaviate.replicas = List.of("db-0");
        paused = true;
        weaviate.operations = List.of(new OperationsReply.Operation(
                "op", "A", "s0", "db-3", "db-0", "MOVE", new OperationsReply.Status("DEHYDRATING", List.of())));

        assertThat(held().writesPaused()).isTrue();
        weaviate.operations = List.of();
        assertThat(held().writesPaused()).isFalse();
    }

    /** A spec that cannot be carried out has no plan; its pause has to end all the same. */
    @Test
    void keepsWritesPausedWithoutAPlanUntilTheLastMoveEnded() {
        weaviate.factor = 1;
        weaviate.replicas = List.of("db-0");
        paused = true;
        weaviate.operations = List.of(new OperationsReply.Operation(
                "op", "A", "s0", "db-3", "db-0", "MOVE", new OperationsReply.Status("DEHYDRATING", List.of())));

        assertThat(scaling.hold(Samples.cluster(seen().spec()), seen().build())).isTrue();
    }

    @Test
    void doesNotPauseWritesWhereWeaviateCannot() {
        spec = "version: 1.33.0\nreplicas: 3\nscaleIn: {writePause: Allowed}";
        weaviate.factor = 1;
        weaviate.replicas = List.of("db-3");

        var plan = advance();

        assertThat(plan.writesPaused()).isFalse();
        assertThat(Samples.reasons(plan.findings())).containsExactly("ScaleInNeedsWritePause");
        assertThat(plan.findings().getFirst().message()).contains("1.33.0 cannot pause writes, 1.34.5 and later can");
    }

    @Test
    void keepsTheNodeThatCouldNotBeRemoved() {
        shards = List.of(4L, 4L, 4L, 0L);
        weaviate.mute = true;

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(plan.operation()).map(Operation::message).get().asString().contains("timeout");
    }

    @Test
    void refusesInWords() {
        weaviate.failing = true;

        var plan = advance();

        assertThat(plan.replicas()).isEqualTo(4);
        assertThat(Samples.reasons(plan.findings())).containsExactly("ReplicaMovementRefused");
        assertThat(plan.operation()).isEmpty();
    }

    @Test
    void givesANewNodeItsShare() {
        spec = "replicas: 4\nrebalance: {maxConcurrentMoves: 1}";
        shards = List.of(4L, 4L, 4L, 0L);

        var plan = advance();

        assertThat(plan.operation()).map(Operation::reason).contains("Rebalancing");
        assertThat(weaviate.calls).hasSize(2).last().asString().endsWith("→db-3");
    }

    @Test
    void asksNothingOfEvenNodesOrWhereItIsOff() {
        spec = "replicas: 4";
        assertThat(advance().operation()).isEmpty();
        spec = "replicas: 4\nrebalance: {enabled: false}";
        shards = List.of(4L, 4L, 4L, 0L);
        assertThat(advance().operation()).isEmpty();

        assertThat(weaviate.calls).isEmpty();
    }

    @Test
    void asksOnceInAWhileWhereNothingCanBeDone() {
        spec = "replicas: 4";
        shards = List.of(4L, 4L, 4L, 0L);
        weaviate.factor = 1;

        advance();
        advance();

        assertThat(weaviate.calls).containsExactly("schema");
    }
}
