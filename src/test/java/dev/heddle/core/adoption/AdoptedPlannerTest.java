package dev.heddle.core.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdoptedPlannerTest {
    private static final StatefulSet LIVE = Chart.statefulSet();
    private static final String IMAGE = "cr.weaviate.io/semitechnologies/weaviate:1.35.2";

    @Test
    void changesNothingByItself() {
        var plan = plan("version: 1.35.2", true);

        assertThat(plan.replicas()).isEqualTo(3);
        assertThat(plan.image()).isEqualTo(IMAGE);
        assertThat(plan.findings()).isEmpty();
    }

    /** A digest for what runs would replace every pod for nothing. */
    @Test
    void doesNotPinWhatRuns() {
        var pinned = "version: 1.35.2\nimage: {repository: other, digests: {1.35.2: 'sha256:a'}}";

        assertThat(plan(pinned, true).image()).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "1.35.3, 1.35.3, ",
        "1.36.0, 1.36.0, ",
        "1.37.0, 1.35.2, MinorSkipped",
        "2.0.0, 1.35.2, MinorSkipped",
        "1.35.1, 1.35.1, ",
        "1.34.9, 1.35.2, DowngradeRefused",
    })
    void goesOneMinorAtATime(String wanted, String version, String reason) {
        var plan = plan("version: " + wanted, true);

        assertThat(plan.version()).isEqualTo(version);
        assertThat(plan.image()).endsWith(":" + version);
        assertThat(plan.findings().stream().map(Finding::reason).findFirst().orElse(null))
                .isEqualTo(reason);
    }

    @Test
    void beginsNothingWhileItIsIll() {
        assertThat(plan("version: 1.36.0", false).version()).isEqualTo("1.35.2");
    }

    @Test
    void pinsWhatIsNew() {
        assertThat(plan("version: 1.36.0\nimage: {digests: {1.36.0: 'sha256:b'}}", true)
                        .image())
                .isEqualTo("cr.weaviate.io/semitechnologies/weaviate:1.36.0@sha256:b");
        var missing = plan("version: 1.36.0\nimage: {digests: {1.35.2: 'sha256:a'}}", true);
        assertThat(missing.image()).isEqualTo(IMAGE);
        assertThat(missing.version()).isEqualTo("1.35.2");
        assertThat(missing.findings()).extracting(Finding::reason).containsExactly("DigestMissing");
    }

    @Test
    void growsAndNeverShrinks() {
        assertThat(plan("version: 1.35.2\nreplicas: 5", true).replicas()).isEqualTo(5);
        var less = plan("version: 1.35.2\nreplicas: 1", true);
        assertThat(less.replicas()).isEqualTo(3);
        assertThat(less.findings()).extracting(Finding::reason).containsExactly("ScaleInRefused");
    }

    @Test
    void namesWhatItDoesNotCarryOut() {
        var plan = plan("""
                version: 1.35.2
                scheduling: {spread: Node}
                storage: {size: 1Gi}
                rebalance: {enabled: true}
                scaleIn: {writePause: Allowed}
                backup: {}""", true);

        assertThat(plan.findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("spec.scheduling", "spec.storage", "spec.rebalance", "spec.scaleIn", "spec.backup")
                .doesNotContain("spec.env"));
    }

    /** What was begun and serves nobody yet can be taken back, also over a minor. */
    @Test
    void turnsBackWhereNothingOfTheNewVersionServed() {
        var set = Serialization.clone(LIVE);
        set.setStatus(new io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder()
                .withUpdateRevision("new")
                .withCurrentRevision("old")
                .build());
        var old = spec("version: 1.34.9");

        assertThat(AdoptedPlanner.plan(old, set, seen(set, pods("old", true)), false)
                        .version())
                .isEqualTo("1.34.9");
        assertThat(AdoptedPlanner.plan(old, set, seen(set, pods("new", true)), false)
                        .version())
                .isEqualTo("1.35.2");
    }

    @Test
    void writesMarksAndLeavesTheRest() {
        var cluster = cluster();
        var wanted = AdoptedStatefulSet.of(cluster, plan("version: 1.35.2", true));
        var taken = Serialization.clone(LIVE);
        assertThat(AdoptedStatefulSet.holds(taken, wanted)).isFalse();

        taken.getMetadata().getLabels().putAll(wanted.getMetadata().getLabels());
        taken.getMetadata().getAnnotations().putAll(wanted.getMetadata().getAnnotations());
        taken.getMetadata().setOwnerReferences(wanted.getMetadata().getOwnerReferences());

        assertThat(AdoptedStatefulSet.holds(taken, wanted)).isTrue();
        var again = AdoptedStatefulSet.of(cluster, new AdoptedPlan(taken, 3, "1.35.2", IMAGE, List.of()));
        assertThat(again).isEqualTo(wanted);
        assertThat(AdoptedStatefulSet.freed(taken, "uid-1").toString())
                .contains("app.kubernetes.io/managed-by=Helm", "heddle.dev/adopted=null", "ownerReferences=[]");
        assertThat(wanted.getSpec().getSelector()).isNull();
        assertThat(wanted.getSpec().getTemplate().getMetadata()).isNull();
    }

    @Test
    void tellsHowItFares() {
        var seen = seen(LIVE, pods("one", true));
        assertThat(AdoptedHealth.of(LIVE, seen)).isEqualTo(new AdoptedHealth(true, "Serving", "3 of 3 nodes serve."));
        var status = status(seen);
        assertThat(status.phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(status.version()).isEqualTo("1.35.2");
        assertThat(status.voters()).isEqualTo(3);
        assertThat(status.selector()).isEqualTo("app=weaviate");
        assertThat(status.endpoints().http()).isEqualTo("weaviate.team.svc.cluster.local:80");
        assertThat(status.endpoints().grpc()).isEqualTo("weaviate-grpc.team.svc.cluster.local:50051");

        assertThat(AdoptedHealth.of(LIVE, seen(LIVE, pods("one", false))))
                .isEqualTo(new AdoptedHealth(
                        false, "PodsNotReady", "0 of 3 pods are ready. Starting: weaviate-0, weaviate-1, weaviate-2."));
        assertThat(health(new WeaviateReport.Refused(401, "no")).reason()).isEqualTo("ServingByProbes");
        assertThat(health(new WeaviateReport.Refused(500, "no")).serving()).isFalse();
        assertThat(health(new WeaviateReport.Unreachable("no")).serving()).isFalse();
        assertThat(health(new WeaviateReport.NotAsked()).serving()).isFalse();
        assertThat(health(report("weaviate-0")).reason()).isEqualTo("NodesDiffer");
        assertThat(health(report("")).reason()).isEqualTo("NoLeader");
    }

    @Test
    void saysWhenItIsGone() {
        var gone = new AdoptedStatus(cluster(), Instant.EPOCH, "cluster.local").gone();

        assertThat(gone.phase()).isEqualTo(ClusterPhase.FAILED);
        assertThat(Conditions.find(gone.conditions(), "Stalled"))
                .hasValueSatisfying(stalled -> assertThat(stalled.getMessage()).contains("StatefulSet weaviate"));
    }

    private static WeaviateClusterStatus status(AdoptedObservation seen) {
        var plan = AdoptedPlanner.plan(spec("version: 1.35.2"), LIVE, seen, true);
        return new AdoptedStatus(cluster(), Instant.EPOCH, "cluster.local")
                .of(plan, seen, AdoptedHealth.of(LIVE, seen));
    }

    private static AdoptedHealth health(WeaviateReport report) {
        return AdoptedHealth.of(LIVE, new AdoptedObservation(Optional.of(LIVE), pods("one", true), List.of(), report));
    }

    private static AdoptedPlan plan(String spec, boolean serving) {
        return AdoptedPlanner.plan(spec(spec), LIVE, seen(LIVE, pods("one", true)), serving);
    }

    private static AdoptedObservation seen(StatefulSet set, List<Pod> pods) {
        return new AdoptedObservation(Optional.of(set), pods, Chart.services(), report("weaviate-1"));
    }

    /** Three nodes that name this leader; with weaviate-0 as leader one of them is missing. */
    private static WeaviateReport report(String leader) {
        int size = leader.equals("weaviate-0") ? 2 : 3;
        var names = IntStream.range(0, size).mapToObj(i -> "weaviate-" + i).toList();
        return new WeaviateReport.Answered(
                names.stream()
                        .map(name -> new WeaviateReport.Node(name, "1.35.2", "HEALTHY", 0, 0, List.of(), false))
                        .toList(),
                names.stream()
                        .map(name -> new WeaviateReport.RaftView(name, true, name.equals(leader), leader, names, names))
                        .toList());
    }

    private static List<Pod> pods(String revision, boolean ready) {
        return IntStream.range(0, 3)
                .mapToObj(i -> new PodBuilder()
                        .withNewMetadata()
                        .withName("weaviate-" + i)
                        .withLabels(Map.of("controller-revision-hash", revision))
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build())
                .toList();
    }

    private static WeaviateCluster cluster() {
        return Serialization.unmarshal("""
                metadata: {name: one, namespace: team, uid: uid-1, generation: 1}
                spec: {version: 1.35.2, adopt: {statefulSet: weaviate}}
                """, WeaviateCluster.class);
    }

    private static WeaviateClusterSpec spec(String yaml) {
        return Serialization.unmarshal(yaml, WeaviateClusterSpec.class);
    }
}
