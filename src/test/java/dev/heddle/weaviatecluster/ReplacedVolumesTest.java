package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Operation;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.common.Labels;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes; the volume of the second was replaced. What is asked, told and waited for. */
class ReplacedVolumesTest {
    private final List<String> calls = new ArrayList<>();
    private final ReplacedVolumes volumes = new ReplacedVolumes(
            (WeaviateApi) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {WeaviateApi.class},
                    (proxy, method, arguments) -> answer(method.getName(), arguments)),
            null,
            Clock.fixed(Samples.NOW, ZoneOffset.UTC));
    private boolean converges = true;
    private boolean refusing;
    private List<String> single = List.of("db-0");
    private String health = "HEALTHY";
    private String firstClaim = "u0";
    private List<NodesReply.AsyncReplication> rounds = List.of();
    private final WeaviateCluster cluster = Samples.cluster(Samples.spec("replicas: 2"));

    private Object answer(String method, Object[] arguments) throws WeaviateException {
        calls.add(method);
        return switch (method) {
            case "operations" -> {
                if (refusing) {
                    throw new WeaviateException.Refused((Endpoint) arguments[0], "/list", 403, "no right");
                }
                yield new OperationsReply(List.of());
            }
            case "schema" ->
                new SchemaReply(List.of(
                        new SchemaReply.Collection("Copied", new SchemaReply.Replication(2, converges), null),
                        new SchemaReply.Collection("Single", new SchemaReply.Replication(1, false), null)));
            case "shardingState" ->
                new ShardingStateReply(new ShardingStateReply.State(
                        (String) arguments[1],
                        List.of(new ShardingStateReply.Shard(
                                "s", arguments[1].equals("Copied") ? List.of("db-0", "db-1") : single))));
            case "nodes" ->
                new NodesReply(IntStream.range(0, 2)
                        .mapToObj(i -> new NodesReply.Node(
                                "db-" + i,
                                i == 0 ? health : "HEALTHY",
                                "1.35.2",
                                null,
                                List.of(new NodesReply.Shard("Copied", "s", "READY", 0, i == 0 ? rounds : List.of())),
                                "ReadWrite"))
                        .toList());
            default -> throw new AssertionError(method);
        };
    }

    /** @param minutes since the condition tells of it; negative where it does not yet */
    private ClusterPlan look(int minutes, String secondClaim) {
        var told = new ConditionBuilder()
                .withType("ReplicasComplete")
                .withStatus("False")
                .withLastTransitionTime(Samples.NOW.minusSeconds(60L * minutes).toString())
                .build();
        cluster.setStatus(Serialization.unmarshal(
                "version: 1.35.2\nreplicas: 2\nvoters: 1\nstorage: {size: 10Gi, volumes: {db-0: u0, db-1: u1}}\nconditions: "
                        + (minutes < 0 ? "[]" : Serialization.asJson(List.of(told))),
                WeaviateClusterStatus.class));
        var seen = new Seen(cluster.getSpec());
        for (int i = 0; i < 2; i++) {
            seen.with(Serialization.unmarshal("""
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: db-%d}
                    status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:00:00Z"}]}
                    """.formatted(i), Pod.class));
            seen.with(Serialization.unmarshal(
                    """
                    kind: PersistentVolumeClaim
                    apiVersion: v1
                    metadata: {name: data-db-%d, uid: %s}
                    """.formatted(i, i == 0 ? firstClaim : secondClaim), PersistentVolumeClaim.class));
        }
        seen.with(new Answered(List.of(), List.of()));
        var planned = (Outcome.Planned) ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS);
        return volumes.of(cluster, planned.plan(), seen.build());
    }

    @Test
    void asksNothingWhileEveryNodeHasItsVolume() {
        look(-1, "u1");

        assertThat(calls).isEmpty();
    }

    @Test
    void waitsUntilTheCopiesAreFilledAgain() {
        var first = look(-1, "new");
        assertThat(first.operation()).map(Operation::reason).contains("RefillingReplicas");
        assertThat(Samples.reasons(first.findings())).containsExactly("ReplicasIncomplete");
        assertThat(first.storage().volumes().known()).containsEntry("db-1", "u1");

        rounds = List.of(new NodesReply.AsyncReplication(
                "db-1", 500, Samples.NOW.minusSeconds(20).toEpochMilli()));
        assertThat(look(2, "new").operation()).isPresent();

        rounds = List.of();
        var last = look(2, "new");
        assertThat(last.operation()).isEmpty();
        assertThat(last.findings()).isEmpty();
        assertThat(last.storage().volumes().known()).containsEntry("db-1", "new");
    }

    @Test
    void tellsWhatIsLostUntilItIsConfirmed() {
        single = List.of("db-1");

        var plan = look(2, "new");
        assertThat(plan.operation()).isEmpty();
        assertThat(Samples.reasons(plan.findings())).containsExactly("VolumeReplaced");
        assertThat(plan.findings().getFirst().message()).contains("db-1", "Single", Labels.ACCEPT_LOSS + "=new");
        assertThat(plan.storage().volumes().known()).containsEntry("db-1", "u1");

        cluster.getMetadata().setAnnotations(Map.of(Labels.ACCEPT_LOSS, "other,new"));
        assertThat(look(2, "new").findings()).isEmpty();
    }

    @Test
    void asksAPersonWhereWeaviateDoesNotTell() {
        refusing = true;

        var plan = look(2, "new");
        assertThat(plan.operation()).isEmpty();
        assertThat(plan.findings().getFirst().message()).contains("cannot be found out", "no right");

        cluster.getMetadata().setAnnotations(Map.of(Labels.ACCEPT_LOSS, "new"));
        assertThat(look(2, "new").storage().volumes().known()).containsEntry("db-1", "new");
    }

    @Test
    void takesNoCopyForFullWhileANodeIsSilent() {
        health = "TIMEOUT";

        var plan = look(5, "new");
        assertThat(plan.operation()).map(Operation::message).hasValueSatisfying(words -> assertThat(words)
                .contains("[db-0] are not healthy"));
        assertThat(plan.storage().volumes().known()).containsEntry("db-1", "u1");

        health = "HEALTHY";
        assertThat(look(5, "new").storage().volumes().known()).containsEntry("db-1", "new");
    }

    @Test
    void tellsThatEveryCopyAndTheSchemaWent() {
        firstClaim = "newer";

        var plan = look(5, "new");
        assertThat(Samples.reasons(plan.findings())).containsExactly("VolumeReplaced");
        assertThat(plan.findings().getFirst().message())
                .contains("[db-0, db-1]", "schema", Labels.ACCEPT_LOSS + "=newer,new");
        assertThat(plan.storage().volumes().known()).containsEntry("db-0", "u0").containsEntry("db-1", "u1");

        cluster.getMetadata().setAnnotations(Map.of(Labels.ACCEPT_LOSS, "newer,new"));
        assertThat(look(5, "new").findings()).isEmpty();
    }

    @Test
    void keepsTellingOfTheLossWhileNobodyCanBeAsked() {
        look(2, "new");
        cluster.setStatus(Serialization.unmarshal("""
                version: 1.35.2
                replicas: 2
                voters: 1
                storage: {size: 10Gi, volumes: {db-0: u0, db-1: u1}}
                conditions:
                - {type: DataLoss, status: "True", reason: VolumeReplaced, message: Gone.}
                - {type: ReplicasComplete, status: "False", reason: ReplicasIncomplete, message: Wait.}
                """, WeaviateClusterStatus.class));
        var seen = new Seen(cluster.getSpec());
        seen.with(Serialization.unmarshal("""
                kind: PersistentVolumeClaim
                apiVersion: v1
                metadata: {name: data-db-1, uid: new}
                """, PersistentVolumeClaim.class));
        var planned = (Outcome.Planned) ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS);

        assertThat(Samples.reasons(
                        volumes.of(cluster, planned.plan(), seen.build()).findings()))
                .containsExactlyInAnyOrder("VolumeReplaced", "ReplicasIncomplete");
    }
}
