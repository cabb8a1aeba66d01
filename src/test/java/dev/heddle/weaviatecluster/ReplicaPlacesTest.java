package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.replica.Volumes;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When it is asked where the replicas are, and what is told as long as nobody answers. */
class ReplicaPlacesTest {
    private final Script weaviate = new Script();
    private final Ticking clock = new Ticking();
    private final OperatorConfig config = (OperatorConfig) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {OperatorConfig.class},
            (proxy, method, arguments) -> Duration.ofSeconds(60));
    private final ReplicaPlaces places = new ReplicaPlaces(weaviate, config, clock);
    private final Seen seen = new Seen(Samples.spec("replicas: 3"))
            .with(new Answered(List.of(), List.of()))
            .with(Serialization.unmarshal("""
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: db-0}
                    status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
                    """, Pod.class));
    private final WeaviateCluster cluster = Samples.cluster(seen.spec());

    private static final class Ticking extends Clock {
        private Instant now = Samples.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Plays collections of one shard each; notes which are asked for. */
    private final class Script extends UnaskedWeaviate {
        private final List<String> asked = new ArrayList<>();
        private final Map<String, List<String>> replicas = new HashMap<>();
        private List<String> names = List.of("A", "B");
        private String mute = "";
        private Duration slow = Duration.ZERO;
        private boolean turned;

        @Override
        public SchemaReply schema(Endpoint endpoint) {
            return new SchemaReply(names.stream()
                    .map(name -> new SchemaReply.Collection(name, new SchemaReply.Replication(1, false), null))
                    .toList());
        }

        @Override
        public ShardingStateReply shardingState(Endpoint endpoint, String name) throws WeaviateException {
            asked.add(name);
            clock.now = clock.now.plus(slow);
            if (name.equals(mute)) {
                throw new WeaviateException.Unreachable(endpoint, "timeout");
            }
            var nodes = replicas.getOrDefault(name, List.of("db-0", "db-1"));
            var shards = Stream.of("s", "t")
                    .map(shard -> new ShardingStateReply.Shard(shard, nodes))
                    .toList();
            // Weaviate tells them in any order.
            turned = !turned;
            return new ShardingStateReply(new ShardingStateReply.State(name, turned ? shards.reversed() : shards));
        }
    }

    private List<String> told() {
        return told(Samples.plan(seen));
    }

    private List<String> told(ClusterPlan plan) {
        return places.of(cluster, plan, seen.build()).findings().stream()
                .map(finding -> finding.topic() + " " + finding.reason())
                .toList();
    }

    private void later() {
        clock.now = clock.now.plusSeconds(60);
        weaviate.asked.clear();
    }

    @Test
    void tellsOfReplicasWithoutANodeUntilTheyHaveOne() {
        weaviate.replicas.put("B", List.of("db-5"));
        assertThat(told()).containsExactly("REPLICAS NodeDoesNotExist", "DATA_LOSS NodeDoesNotExist");

        later();
        weaviate.replicas.put("B", List.of("db-0", "db-5"));
        assertThat(told()).containsExactly("REPLICAS NodeDoesNotExist");
        later();
        weaviate.names = List.of("A");
        assertThat(told()).isEmpty();
    }

    @Test
    void asksOnceInAHealthInterval() {
        told();
        clock.now = clock.now.plusSeconds(59);
        told();
        assertThat(weaviate.asked).containsExactly("A", "B");
    }

    @Test
    void asksOfSomeCollectionsAtATime() {
        weaviate.names = IntStream.range(100, 170).mapToObj(i -> "C" + i).toList();
        weaviate.replicas.put("C160", List.of("db-5"));

        assertThat(told()).isEmpty();
        assertThat(weaviate.asked).hasSize(50).endsWith("C149");
        later();
        assertThat(told()).hasSize(2);
        assertThat(weaviate.asked).hasSize(20).startsWith("C150");
        later();
        assertThat(told()).as("others are asked, this is remembered").hasSize(2);
        assertThat(weaviate.asked).hasSize(51).startsWith("C160", "C100");
        weaviate.replicas.clear();
        later();
        assertThat(told()).as("what was ill is asked in each look").isEmpty();
    }

    @Test
    void saysTheSameOfTheSame() {
        weaviate.names = List.of("A");
        weaviate.replicas.put("A", List.of("db-5"));
        var first = places.of(cluster, Samples.plan(seen), seen.build()).findings();
        later();
        assertThat(places.of(cluster, Samples.plan(seen), seen.build()).findings())
                .isEqualTo(first);
    }

    /** With a new volume it would come back empty, and Weaviate would call it healthy. */
    @Test
    void remembersTheVolumesOfNodesThatHaveReplicas() {
        weaviate.replicas.put("B", List.of("db-4", "db-5"));
        cluster.setStatus(Serialization.unmarshal(
                "storage: {size: 1Gi, volumes: {db-4: u4, db-7: u7}}", WeaviateClusterStatus.class));
        var volumes =
                places.of(cluster, Samples.plan(seen), seen.build()).storage().volumes();
        assertThat(volumes.known())
                .containsEntry("db-4", "u4")
                .containsEntry("db-5", "none")
                .doesNotContainKey("db-7");
        assertThat(volumes.replaced()).isEmpty();
        assertThat(Volumes.of(volumes.known(), Map.of("db-4", "u4", "db-5", "u5"), List.of("db-4", "db-5"))
                        .replaced())
                .containsExactly("db-5");
    }

    @Test
    void namesTheFieldThatHeals() {
        var scaled =
                new Seen(Samples.spec("autoScaling: {enabled: true, minReplicas: 3, maxReplicas: 5, targetQPS: 9}"));
        weaviate.replicas.put("B", List.of("db-5"));
        seen.with(new Answered(List.of(), List.of()));
        assertThat(places.of(cluster, Samples.plan(scaled), seen.build()).findings())
                .allSatisfy(finding -> assertThat(finding.message()).contains("spec.autoScaling.minReplicas"));
    }

    @Test
    void passesOverWhatIsSlowOrMute() {
        weaviate.slow = Duration.ofSeconds(4);
        weaviate.names = List.of("A", "B", "C");
        told();
        assertThat(weaviate.asked).containsExactly("A", "B");
        later();
        weaviate.mute = "C";
        told();
        later();
        told();
        assertThat(weaviate.asked).startsWith("A");
    }

    @Test
    void keepsWhatWasToldBeforeARestartUntilItKnows() {
        cluster.setStatus(Serialization.unmarshal(
                "conditions: [{type: DataLoss, status: 'True', reason: NodeDoesNotExist, message: B/s on db-5.}, {type: ReplicasComplete, status: 'False', reason: ReplicasIncomplete, message: Refilled.}]",
                WeaviateClusterStatus.class));
        weaviate.mute = "A";
        assertThat(told()).containsExactly("DATA_LOSS NodeDoesNotExist");

        later();
        weaviate.mute = "";
        assertThat(told()).isEmpty();
    }

    @Test
    void leavesScalingAlone() {
        var scaling = Optional.of(new Operation(ClusterPhase.SCALING, "Rebalancing", "1 of 4."));
        assertThat(told(Samples.plan(seen).scaling(3, scaling))).isEmpty();
        seen.with(new WeaviateReport.NotAsked());
        assertThat(told()).isEmpty();
        assertThat(weaviate.asked).isEmpty();
    }

    /** A node of that name is made: nothing is missing any more. */
    @Test
    void takesNodesThatComeForThere() {
        weaviate.replicas.put("B", List.of("db-3"));
        told();
        var growing = Optional.of(new Operation(ClusterPhase.SCALING, "Rebalancing", "1 of 4."));
        assertThat(told(Samples.plan(seen).scaling(4, growing))).isEmpty();
    }
}
