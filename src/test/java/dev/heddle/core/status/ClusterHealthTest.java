package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.NotAsked;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.cluster.WeaviateReport.Refused;
import dev.heddle.core.cluster.WeaviateReport.Unreachable;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterHealthTest {
    private static final List<String> THREE = List.of("db-0", "db-1", "db-2");
    private static final List<Node> NODES =
            THREE.stream().map(name -> node(name, "HEALTHY")).toList();
    private static final List<RaftView> RAFT =
            THREE.stream().map(name -> view(name, "db-1")).toList();

    private static Node node(String name, String status) {
        return new Node(name, "1.35.2", status, 1, 1, List.of(), false);
    }

    private static RaftView view(String name, String leader) {
        return new RaftView(name, true, name.equals(leader), leader, THREE, THREE);
    }

    private static RaftView configured(String name, List<String> voters, List<String> peers) {
        return new RaftView(name, true, name.equals("db-1"), "db-1", voters, peers);
    }

    private static Answered raft(RaftView... views) {
        return new Answered(NODES, List.of(views));
    }

    private static Answered raft(int changed, RaftView view) {
        return raft(IntStream.range(0, 3)
                .mapToObj(ordinal -> ordinal == changed ? view : RAFT.get(ordinal))
                .toArray(RaftView[]::new));
    }

    private static Seen ready() {
        var seen = new Seen(Samples.spec("replicas: 3"));
        IntStream.range(0, 3).forEach(ordinal -> seen.with(Pods.pod(ordinal, Pods.READY)));
        return seen;
    }

    private static ClusterHealth health(Seen seen) {
        return ClusterHealth.of(Samples.plan(seen), seen.build());
    }

    @Test
    void servesWhenAllAgree() {
        assertThat(health(ready().with(new Answered(NODES, RAFT))))
                .isEqualTo(new ClusterHealth(true, false, "Serving", "3 of 3 nodes serve Weaviate 1.35.2."));
    }

    @Test
    void servesWithFollowersThatGiveNoConfiguration() {
        var silent = new RaftView("db-2", true, false, "db-1", List.of(), List.of());

        assertThat(health(ready().with(raft(2, silent))).serving()).isTrue();
    }

    /** A node that was removed from Raft serves on until its pod is gone, and is none of the planned ones. */
    @Test
    void servesWhileANodeLeaves() {
        var nodes = Stream.concat(NODES.stream(), Stream.of(node("db-3", "UNHEALTHY")))
                .toList();
        var four = List.of("db-0", "db-1", "db-2", "db-3");
        var raft = Stream.concat(
                        THREE.stream().map(name -> configured(name, THREE, four)),
                        Stream.of(new RaftView("db-3", false, false, "", List.of(), List.of())))
                .toList();
        var leaving = ready().with(Pods.pod(3, Pods.NOT_READY)).with(new Answered(nodes, raft));

        assertThat(health(leaving))
                .isEqualTo(new ClusterHealth(true, false, "Serving", "3 of 3 nodes serve Weaviate 1.35.2."));
        assertThat(health(ready().with(new Answered(nodes, raft))).reason()).isEqualTo("NodesDiffer");
    }

    @Test
    void doesNotCountALeavingPod() {
        var seen = new Seen(Samples.spec("replicas: 3"));
        IntStream.range(1, 4).forEach(ordinal -> seen.with(Pods.pod(ordinal, Pods.READY)));

        assertThat(health(seen).message()).isEqualTo("2 of 3 pods are ready. Not there yet: db-0.");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("nobody asked", new NotAsked(), "PodsNotReady", "No pod"),
                Arguments.of("silence", new Unreachable("no answer"), "WeaviateUnreachable", "no answer"),
                Arguments.of("401", new Refused(401, "who?"), "OperatorNotAuthorized", "who?"),
                Arguments.of("403", new Refused(403, "no"), "OperatorNotAuthorized", "no"),
                Arguments.of("500", new Refused(500, "oops"), "WeaviateRefused", "oops"),
                Arguments.of("no nodes", new Answered(List.of(), RAFT), "NodesDiffer", "sees nodes []"),
                Arguments.of(
                        "a dead node is absent",
                        new Answered(NODES.subList(0, 2), RAFT),
                        "NodesDiffer",
                        "[db-0, db-1]"),
                Arguments.of(
                        "a stranger",
                        new Answered(
                                Stream.concat(NODES.stream(), Stream.of(node("x-0", "HEALTHY")))
                                        .toList(),
                                RAFT),
                        "NodesDiffer",
                        "x-0"),
                Arguments.of(
                        "an ill node",
                        new Answered(List.of(NODES.get(0), node("db-1", "UNHEALTHY"), node("db-2", "TIMEOUT")), RAFT),
                        "NodesUnhealthy",
                        "db-1 UNHEALTHY, db-2 TIMEOUT"),
                Arguments.of(
                        "a node without status",
                        new Answered(List.of(NODES.get(0), NODES.get(1), node("db-2", null)), RAFT),
                        "NodesUnhealthy",
                        "db-2 null"));
    }

    static Stream<Arguments> raftViews() {
        var two = List.of("db-0", "db-1");
        return Stream.of(
                Arguments.of("no Raft", raft(), "RaftIncomplete", "Only []"),
                Arguments.of("Raft without one", raft(RAFT.get(0), RAFT.get(1)), "RaftIncomplete", "[db-0, db-1]"),
                Arguments.of(
                        "no leader",
                        raft(view("db-0", ""), view("db-1", ""), view("db-2", "")),
                        "NoLeader",
                        "db-0→none"),
                Arguments.of("one knows no leader", raft(0, view("db-0", "")), "NoLeader", "db-0→none"),
                Arguments.of("two leaders", raft(0, view("db-0", "db-0")), "NoLeader", "db-0→db-0"),
                Arguments.of(
                        "two that lead",
                        raft(0, new RaftView("db-0", true, true, "db-1", THREE, THREE)),
                        "NoLeader",
                        "do not agree"),
                Arguments.of(
                        "nobody leads",
                        raft(1, new RaftView("db-1", true, false, "db-1", THREE, THREE)),
                        "NoLeader",
                        "do not agree"),
                Arguments.of(
                        "loading",
                        raft(2, new RaftView("db-2", false, false, "db-1", THREE, THREE)),
                        "NodesLoading",
                        "[db-2]"),
                Arguments.of(
                        "a voter too few",
                        raft(1, configured("db-1", two, THREE)),
                        "RaftConfigurationDiffers",
                        "on db-1"),
                Arguments.of(
                        "a peer too few", raft(1, configured("db-1", two, two)), "RaftConfigurationDiffers", "on db-1"),
                Arguments.of(
                        "a stranger votes",
                        raft(1, configured("db-1", List.of("db-0", "db-1", "x-0"), List.of("db-0", "db-1", "x-0"))),
                        "RaftConfigurationDiffers",
                        "x-0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"answers", "raftViews"})
    void doesNotServe(String what, WeaviateReport report, String reason, String words) {
        var health = health(ready().with(report));

        assertThat(health.serving()).isFalse();
        assertThat(health.waiting()).isTrue();
        assertThat(health.reason()).isEqualTo(reason);
        assertThat(health.message()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void hintsAtTheMesh(boolean mutual, boolean hint) {
        var seen = new Seen(Samples.spec("serviceMesh: {enabled: true, type: istio, mTLS: %s}".formatted(mutual)));
        seen.with(Pods.pod(0, Pods.READY)).with(new Unreachable("reset"));

        assertThat(health(seen).message().contains("in the mesh")).isEqualTo(hint);
    }

    @Test
    void countsPods() {
        var seen = new Seen(Samples.spec("replicas: 3"))
                .with(Pods.pod(0, Pods.READY))
                .with(Pods.pod(1, Pods.NOT_READY));

        assertThat(health(seen))
                .isEqualTo(new ClusterHealth(
                        false, false, "PodsNotReady", "1 of 3 pods are ready. Starting: db-1. Not there yet: db-2."));
    }

    @Test
    void liftsThePodsOwnTrouble() {
        var seen = new Seen(Samples.spec("replicas: 3"))
                .with(Pods.pod(0, Pods.READY))
                .with(Pods.pod(1, Pods.PULL));

        assertThat(health(seen))
                .isEqualTo(new ClusterHealth(
                        false,
                        false,
                        "ImagePullBackOff",
                        "1 of 3 pods are ready. pod db-1: image x:1 cannot be pulled: Back-off pulling image x."));
    }

    @Test
    void reportsARollout() {
        var health = health(ready().with(set("new", "newer")).with(new Answered(NODES, RAFT)));

        assertThat(health.serving()).isFalse();
        assertThat(health.reason()).isEqualTo("RollingOut");
    }

    @Test
    void servesAfterTheRollout() {
        assertThat(health(ready().with(set("old", "new")).with(new Answered(NODES, RAFT)))
                        .serving())
                .isTrue();
    }

    private static StatefulSet set(String current, String update) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withReplicas(3)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withCurrentRevision(current)
                .withUpdateRevision(update)
                .endStatus()
                .build();
    }
}
