package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The spec is wrong, or nobody acts on it: what runs is told as it is. */
class InvalidStatusTest {
    private static final Finding WRONG = new Finding(Finding.Topic.SPEC, "VersionNotSupported", "Too old.");
    private static final Finding MISSING = new Finding(Finding.Topic.REFERENCE, "ConfigMapNotFound", "No values.");
    private static final List<String> NODES = List.of("db-0", "db-1", "db-2");

    private String conditions = "";
    private boolean paused;

    private WeaviateCluster cluster() {
        return Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {name: db, namespace: shop, generation: 2}
                spec: {version: 1.20.0, replicas: 7}
                status: {phase: Running, version: 1.35.2, replicas: 3, readyReplicas: 2, conditions: [%s]}
                """.formatted(conditions), WeaviateCluster.class);
    }

    private Seen seen(String... ready) {
        var seen = new Seen(cluster().getSpec()).with(Serialization.unmarshal("""
                        kind: StatefulSet
                        apiVersion: apps/v1
                        metadata: {name: db, annotations: {heddle.dev/raft-voters: "3"}}
                        spec: {replicas: 3, template: {spec: {containers: [{name: weaviate, image: "w:1.35.2"}]}}}
                        """, StatefulSet.class));
        Stream.of(ready).forEach(name -> seen.with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: %s}
                        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
                        """.formatted(name), Pod.class)));
        return seen.with(new Answered(
                NODES.stream()
                        .map(name -> new Node(name, "1.35.2", "HEALTHY", 1, 2, List.of(), false))
                        .toList(),
                NODES.stream()
                        .map(name -> new RaftView(name, true, name.equals("db-0"), "db-0", NODES, NODES))
                        .toList()));
    }

    private WeaviateClusterStatus invalid(Seen seen, Finding finding) {
        var cluster = cluster();
        var health = ClusterHealth.observed(cluster, seen.build());
        return new ClusterStatusBuilder(cluster, Samples.NOW).invalid(List.of(finding), seen.build(), health, paused);
    }

    private static Condition condition(WeaviateClusterStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow();
    }

    private static String told(WeaviateClusterStatus status, String type) {
        return condition(status, type).getStatus() + " "
                + condition(status, type).getReason();
    }

    @Test
    void saysThatItServesAllTheSame() {
        var status = invalid(seen("db-0", "db-1", "db-2"), WRONG);

        assertThat(told(status, "Ready")).isEqualTo("True Serving");
        assertThat(condition(status, "Ready").getMessage()).isEqualTo("3 of 3 nodes serve Weaviate 1.35.2.");
        assertThat(told(status, "Stalled")).isEqualTo("True VersionNotSupported");
        assertThat(told(status, "Reconciling")).isEqualTo("False VersionNotSupported");
        assertThat(status.phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(status.readyReplicas()).isEqualTo(3);
        assertThat(status.nodes()).hasSize(3);
    }

    @Test
    void saysWhenItNoLongerServes() {
        var status = invalid(seen("db-0", "db-1"), WRONG);

        assertThat(told(status, "Ready")).isEqualTo("False PodsNotReady");
        assertThat(status.phase()).isEqualTo(ClusterPhase.DEGRADED);
        assertThat(status.readyReplicas()).isEqualTo(2);
    }

    @Test
    void namesTheMistakeWhereNothingRuns() {
        var status = invalid(new Seen(cluster().getSpec()), MISSING);

        assertThat(told(status, "Ready")).isEqualTo("False ConfigMapNotFound");
        assertThat(told(status, "ReferencesResolved")).isEqualTo("False ConfigMapNotFound");
        assertThat(status.phase()).isEqualTo(ClusterPhase.FAILED);
    }

    @Test
    void keepsWhatElseIsWrong() {
        conditions = """
                {type: DataLoss, status: 'True', reason: VolumeReplaced, message: Gone.},
                {type: ReferencesResolved, status: 'True', reason: AllFound},
                {type: ReplicasComplete, status: 'False', reason: ReplicasIncomplete, message: Wait.}""";

        var status = invalid(seen("db-0", "db-1", "db-2"), WRONG);
        assertThat(told(status, "DataLoss")).isEqualTo("True VolumeReplaced");
        assertThat(told(status, "ReferencesResolved")).isEqualTo("Unknown " + WRONG.reason());
        assertThat(told(status, "ReplicasComplete")).isEqualTo("False ReplicasIncomplete");
        assertThat(told(status, "Ready")).isEqualTo("False ReplicasIncomplete");

        var suspended = new ClusterStatusBuilder(cluster(), Samples.NOW).suspended(Optional.empty());
        assertThat(told(suspended, "DataLoss")).isEqualTo("True VolumeReplaced");
        assertThat(told(suspended, "Ready")).isEqualTo("Unknown Suspended");
    }

    /** Nobody acts, and the node that was restarted comes back all the same. */
    @Test
    void endsAnAnnouncementWhoeverActs() {
        var message = OnlyReplicaAway.announcement("db-1", List.of("A")).message();
        conditions =
                "{type: OnlyReplicaAway, status: 'True', reason: NodeRestarts, lastTransitionTime: '%s', message: '%s'}"
                        .formatted(Samples.NOW.minusSeconds(60), message);

        assertThat(told(invalid(seen("db-0", "db-2"), WRONG), "OnlyReplicaAway"))
                .isEqualTo("True NodeRestarts");
        assertThat(told(invalid(seen("db-0", "db-1", "db-2"), WRONG), "OnlyReplicaAway"))
                .isEqualTo("False RestartPutOff");
        assertThat(told(suspended(seen("db-0", "db-2")), "OnlyReplicaAway")).isEqualTo("True NodeRestarts");
        assertThat(told(suspended(seen("db-0", "db-1", "db-2")), "OnlyReplicaAway"))
                .isEqualTo("False RestartPutOff");
    }

    private WeaviateClusterStatus suspended(Seen seen) {
        return new ClusterStatusBuilder(cluster(), Samples.NOW).suspended(Optional.of(seen.build()));
    }

    @Test
    void tellsOfAPauseUntilItEnds() {
        conditions = "{type: WritesPaused, status: 'True', reason: MovingShards, lastTransitionTime: '%s'}"
                .formatted(Samples.NOW.minusSeconds(30));

        paused = true;
        assertThat(condition(invalid(seen(), WRONG), WritesPaused.TYPE))
                .matches(WritesPaused::is)
                .returns(Samples.NOW.minusSeconds(30).toString(), Condition::getLastTransitionTime);
        paused = false;
        assertThat(condition(invalid(seen(), WRONG), WritesPaused.TYPE))
                .returns("Resumed", Condition::getReason)
                .returns("Writes were refused for 30 s.", Condition::getMessage);
    }
}
