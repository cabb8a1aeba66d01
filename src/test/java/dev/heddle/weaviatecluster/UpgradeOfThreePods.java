package dev.heddle.weaviatecluster;

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
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster of three, on the way to what its spec says. */
abstract class UpgradeOfThreePods {
    final ScriptedWeaviate weaviate = new ScriptedWeaviate();
    final RecordingPods pods = new RecordingPods();
    final Clock clock = Clock.fixed(Samples.NOW, ZoneOffset.UTC);
    final ClusterUpgrade upgrade =
            new ClusterUpgrade(weaviate, pods, new RunningBackups(weaviate, names -> Optional.empty(), clock), clock);
    String spec = "version: 1.36.0\nreplicas: 3";
    String template = "1.35.2";
    String[] states = {"new ready", "new ready", "new ready"};
    UpgradeStatus notes;
    Boolean led;
    ClusterPhase phase = ClusterPhase.RUNNING;
    /** Further conditions of its status. */
    List<Condition> told = List.of();

    /** What the API server shows, and what it was told. */
    static final class RecordingPods implements DatabasePods {
        final List<String> deleted = new ArrayList<>();
        List<Pod> pods = List.of();
        boolean another;

        @Override
        public List<Pod> of(Names names) {
            return another ? pods.subList(1, pods.size()) : pods;
        }

        @Override
        public void delete(Pod pod) {
            deleted.add(pod.getMetadata().getName() + " " + pod.getMetadata().getUid());
        }
    }

    Seen seen() {
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

    Upgraded advance(Finding... findings) {
        var seen = seen();
        var cluster = cluster(seen);
        var plan = ((Outcome.Planned) ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS))
                .plan()
                .with(List.of(findings));
        return upgrade.advance(cluster, plan, seen.build());
    }

    WeaviateCluster cluster(Seen seen) {
        var cluster = Samples.cluster(seen.spec());
        var reconciling = new ConditionBuilder()
                .withType("Reconciling")
                .withStatus(phase == ClusterPhase.SCALING ? "True" : "False")
                .withMessage("a node leaves")
                .build();
        cluster.setStatus(new WeaviateClusterStatus(
                7L,
                phase,
                "1.35.2",
                null,
                3,
                3,
                null,
                null,
                3,
                null,
                null,
                null,
                notes,
                Stream.concat(Stream.of(reconciling), told.stream()).toList()));
        return cluster;
    }

    void noted(UpgradeStage stage) {
        notes = new UpgradeStatus("1.35.2", "1.36.0", "1.36.0", stage, "2026-01-02T03:03:00Z", led, "b-1", null);
    }

    static String message(ClusterPlan plan) {
        return plan.operation().map(Operation::message).orElse("");
    }

    void rolling(String... pods) {
        noted(UpgradeStage.ROLLING);
        template = "1.36.0";
        states = pods;
    }
}
