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
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.PeerEndpoint;
import dev.heddle.weaviate.ReplicationRequest;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of Weaviate, when, and what becomes of its answers; the decisions have tests of their own. */
class ClusterScalingTest {
    private final Script weaviate = new Script();
    private final OperatorConfig config = (OperatorConfig) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {OperatorConfig.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("healthInterval");
                return Duration.ofSeconds(60);
            });
    private final Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    private final ClusterScaling scaling = new ClusterScaling(weaviate, null, config, clock);
    private List<Long> shards = List.of(3L, 3L, 3L, 3L);
    private String spec = "replicas: 3";

    /** Plays one collection of one shard; notes what it is told. */
    private static final class Script implements WeaviateApi {
        private final List<String> calls = new ArrayList<>();
        private List<String> replicas = List.of("db-0", "db-1", "db-2");
        private int factor = 3;
        private boolean failing;
        private boolean mute;

        @Override
        public NodesReply nodes(Endpoint endpoint) {
            throw new AssertionError();
        }

        @Override
        public StatisticsReply statistics(Endpoint endpoint) {
            throw new AssertionError();
        }

        @Override
        public void setReady(Endpoint endpoint, String collection, String shard) {
            throw new AssertionError();
        }

        @Override
        public void backUp(Endpoint endpoint, String backend, String id) {
            throw new AssertionError("no backup is asked for");
        }

        @Override
        public BackupReply backup(Endpoint endpoint, String backend, String id) {
            throw new AssertionError("no backup is asked for");
        }

        @Override
        public long count(Endpoint endpoint, String collection) {
            throw new AssertionError("no collection repairs itself");
        }

        @Override
        public SchemaReply schema(Endpoint endpoint) {
            calls.add("schema");
            return new SchemaReply(List.of(new SchemaReply.Collection("A", new SchemaReply.Replication(factor), null)));
        }

        @Override
        public ShardingStateReply shardingState(Endpoint endpoint, String collection) {
            return new ShardingStateReply(new ShardingStateReply.State(
                    collection,
                    IntStream.range(0, 4)
                            .mapToObj(i -> new ShardingStateReply.Shard("s" + i, replicas))
                            .toList()));
        }

        @Override
        public OperationsReply operations(Endpoint endpoint) throws WeaviateException {
            if (failing) {
                throw new WeaviateException.Refused(endpoint, "/list", 501, "not enabled");
            }
            return new OperationsReply(List.of());
        }

        @Override
        public void replicate(Endpoint endpoint, ReplicationRequest request) {
            calls.add("%s %s/%s %s→%s"
                    .formatted(
                            request.type(),
                            request.collection(),
                            request.shard(),
                            request.sourceNode(),
                            request.targetNode()));
        }

        @Override
        public void removeNode(PeerEndpoint endpoint, String node) throws WeaviateException {
            calls.add("remove " + node + " by " + endpoint.user());
            if (mute) {
                throw new WeaviateException.Unreachable(new Endpoint("h", 1, ""), "timeout");
            }
        }
    }

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
        return seen.with(new Answered(
                IntStream.range(0, 4)
                        .mapToObj(i -> new Node("db-" + i, "1.35.2", "HEALTHY", shards.get(i), 0, List.of()))
                        .toList(),
                names.stream()
                        .map(name -> new RaftView(name, true, name.equals("db-0"), "db-0", names.subList(0, 3), names))
                        .toList()));
    }

    private ClusterPlan advance() {
        var seen = seen();
        return scaling.advance(Samples.cluster(seen.spec()), Samples.plan(seen), seen.build());
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
