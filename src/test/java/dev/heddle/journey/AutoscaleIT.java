package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes come and go with real queries, and grow in place; what cannot be measured takes none away. */
@Tag("journey")
@TestMethodOrder(OrderAnnotation.class)
class AutoscaleIT {
    private static final String HERE = "journey-autoscale";
    private static final Duration DECISION = Duration.ofSeconds(30);
    private static final Duration PODS = Duration.ofSeconds(120);
    /** Two drains, one after the other, after the window. */
    private static final Duration DRAINS = Duration.ofSeconds(420);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int OBJECTS = 50;
    private static final String QUICK =
            "behavior: {scaleUp: {cooldownSeconds: 0}, scaleDown: {stabilizationWindowSeconds: 40, cooldownSeconds: 10}}";

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE);

    @Test
    @Order(1)
    void followsQueriesOutAndIn() throws Exception {
        var one = JOURNEY.cluster("one");
        one.apply(Subject.small(3, """
                rebalance: {maxConcurrentMoves: 10}
                env: [{name: REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, value: 5s}]
                autoScaling: {enabled: true, maxReplicas: 5, targetQPS: 20, %s}""".formatted(QUICK)));
        one.awaitReady();
        one.weaviate().store("Kept", 3, OBJECTS);
        await("an idle cluster is measured")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(POLL)
                .until(() -> scaling(one).metrics() != null
                        && scaling(one).metrics().get("qps").current() != null);

        var written = one.resource().get().getMetadata().getResourceVersion();
        await("a cluster that idles is not written")
                .during(Duration.ofSeconds(25))
                .atMost(Duration.ofSeconds(35))
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        one.resource().get().getMetadata().getResourceVersion().equals(written));

        long begin = System.nanoTime();
        int answered;
        try (var load = new Load(one.weaviate(), 9)) {
            await("a decision")
                    .atMost(DECISION)
                    .pollInterval(POLL)
                    .until(() -> scaling(one).replicas() == 5);
            tell(
                    "decided %.1f s after the load began: %s",
                    since(begin), scaling(one).reason());
            await("five pods serve").atMost(PODS).pollInterval(POLL).until(() -> serving(one) == 5);
            tell("five pods served %.1f s after the load began", since(begin));
            answered = load.answered.get();
        }
        long end = System.nanoTime();
        assertThat(answered).isPositive();
        assertThat(one.events("AutoScaledOut")).anyMatch(message -> message.matches("3 → .*qps .* of target 20/s."));

        JOURNEY.operator().kill();
        await("the empty nodes have left")
                .atMost(DRAINS)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> one.pods().size() == 3 && one.is("Reconciling", "False"));
        tell("back at three nodes %.0f s after the load ended, with a crash of the operator on the way", since(end));
        assertThat(one.events("AutoScaledIn")).anyMatch(message -> message.startsWith("5 → 3: qps "));
        assertThat(one.resource().get().getSpec().replicas()).isEqualTo(3);
        one.weaviate().holds("Kept", OBJECTS);
        assertThat(one.weaviate().raft().peers()).containsExactly("one-0", "one-1", "one-2");
    }

    @Test
    @Order(2)
    void removesNothingWithoutMetrics() {
        var one = JOURNEY.cluster("one");
        one.change("autoScaling: {minReplicas: 4, targetCPU: 90}");
        await("four pods serve").atMost(PODS).pollInterval(POLL).until(() -> serving(one) == 4);
        var api = JOURNEY.client()
                .genericKubernetesResources("apiregistration.k8s.io/v1", "APIService")
                .withName("v1beta1.metrics.k8s.io");
        var served = api.get();
        api.delete();
        try {
            one.change("autoScaling: {minReplicas: 3}");
            var message = one.awaitCondition("AutoScaling", "False", "MetricsUnavailable", "cpu", "metrics-server");
            tell("without metrics-server: %s", message);
            await("four nodes stay")
                    .during(Duration.ofSeconds(60))
                    .atMost(Duration.ofSeconds(70))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> scaling(one).replicas() == 4 && one.pods().size() == 4);
            assertThat(scaling(one).metrics().get("cpu").error()).contains("metrics.k8s.io");
        } finally {
            var again = new GenericKubernetesResource();
            again.setApiVersion(served.getApiVersion());
            again.setKind(served.getKind());
            again.setMetadata(
                    new ObjectMetaBuilder().withName("v1beta1.metrics.k8s.io").build());
            again.setAdditionalProperty("spec", served.get("spec"));
            JOURNEY.client().resource(again).create();
        }
        await("the fourth node leaves")
                .atMost(DRAINS)
                .pollInterval(Duration.ofSeconds(1))
                .until(() ->
                        one.pods().size() == 3 && one.condition("AutoScaling").isEmpty());
        one.delete();
        one.awaitGone();
    }

    @Test
    @Order(3)
    void growsNodesInPlace() {
        var tall = JOURNEY.cluster("tall");
        tall.apply("""
                version: "1.35.2"
                replicas: 1
                resources: {requests: {cpu: 50m, memory: 40Mi}, limits: {memory: 200Mi}}
                storage: {size: 128Mi}
                autoScaling: {enabled: true, maxReplicas: 1, targetQPS: 1000, %s,
                              vertical: {enabled: true, maxAllowed: {memory: 160Mi, cpu: 100m}}}""".formatted(QUICK));
        tall.awaitReady();
        tall.weaviate().store("Kept", 1, OBJECTS);
        var pod = tall.pods().getFirst();

        await("the pod has grown")
                .atMost(Duration.ofSeconds(150))
                .pollInterval(POLL)
                .until(() -> amount(resources(tall), "memory") > mebibytes(40));
        var raised = scaling(tall).vertical().requests();
        await("it has what the status says")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(resources(tall).getRequests())
                        .containsAllEntriesOf(scaling(tall).vertical().requests()));
        var size = resources(tall);
        tell("grown in place to %s, limits %s (first %s)", size.getRequests(), size.getLimits(), raised);
        assertThat(size.getLimits().get("memory").getNumericalAmount().longValue())
                .isEqualTo(size.getRequests().get("memory").getNumericalAmount().longValue() * 5);
        assertSame(tall, pod);
        tall.weaviate().holds("Kept", OBJECTS);
    }

    @Test
    @Order(4)
    void saysThatANodeHasNoRoomToGrow() {
        var tall = JOURNEY.cluster("tall");
        var pod = tall.pods().getFirst();
        // Less than the node has, and more than others leave of it.
        tall.change("autoScaling: {vertical: {minAllowed: {cpu: 1990m}, maxAllowed: {cpu: 1990m}}}");
        tell("%s", tall.awaitCondition("AutoScaling", "False", "ResizePending", "Deferred", "tall-0"));
        tall.change("autoScaling: {vertical: {minAllowed: {cpu: 500}, maxAllowed: {cpu: 500}}}");
        tell("%s", tall.awaitCondition("AutoScaling", "False", "ResizeRefused", "allocatable", "tall-0"));
        assertSame(tall, pod);
        assertThat(tall.is("Ready", "True")).isTrue();
        tall.change("autoScaling: {vertical: {minAllowed: null, maxAllowed: {cpu: 100m}}}");
        await("the trouble is over")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(POLL)
                .until(() -> tall.condition("AutoScaling").isEmpty());
        assertSame(tall, pod);
    }

    @Test
    @Order(5)
    void growsAPodThatIsMadeAnew() {
        var tall = JOURNEY.cluster("tall");
        var pod = tall.pods().getFirst();
        JOURNEY.client().resource(pod).delete();
        tall.awaitReadyWithout(Set.of(pod.getMetadata().getUid()));
        await("a pod made anew grows again")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(POLL)
                .untilAsserted(() -> assertThat(resources(tall).getRequests())
                        .containsAllEntriesOf(scaling(tall).vertical().requests()));
        tell(
                "a pod made anew has %s, and started with %s",
                resources(tall).getLimits(),
                Command.run(
                        "kubectl",
                        "-n",
                        HERE,
                        "exec",
                        "tall-0",
                        "--",
                        "sh",
                        "-c",
                        "tr '\\0' '\\n' </proc/1/environ | grep -E 'GOMEMLIMIT|HEDDLE_MEMORY_LIMIT' | tr '\\n' ' '"));
        tall.delete();
        tall.awaitGone();
    }

    @Test
    @Order(6)
    void leavesTheNumberToAnHpaWhereItIsOff() {
        var other = JOURNEY.cluster("other");
        other.apply(Subject.small(1, ""));
        other.awaitReady();
        hpa(2);
        await("the HPA has its way")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(POLL)
                .until(() -> serving(other) == 2);
        assertThat(other.resource().get().getSpec().replicas()).isEqualTo(2);

        other.change("autoScaling: {enabled: true, minReplicas: 2, maxReplicas: 2, targetQPS: 100}");
        await("the autoscaler is at work")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(POLL)
                .until(() -> other.status().autoScaling() != null);
        hpa(3);
        var words = other.awaitCondition("AutoScaling", "False", "ReplicasIgnored", "from 2 to 3", "HPA");
        tell("%s", words);
        assertThat(scaling(other).replicas()).isEqualTo(2);
        assertThat(other.pods()).hasSize(2);
    }

    private static void hpa(int least) {
        JOURNEY.client()
                .resource(Serialization.unmarshal("""
                        apiVersion: autoscaling/v2
                        kind: HorizontalPodAutoscaler
                        metadata: {name: other, namespace: %s}
                        spec:
                          scaleTargetRef: {apiVersion: weaviate.io/v1, kind: WeaviateCluster, name: other}
                          minReplicas: %d
                          maxReplicas: 4
                          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 90}}}]
                        """.formatted(HERE, least), GenericKubernetesResource.class))
                .forceConflicts()
                .serverSideApply();
    }

    private static AutoScalingStatus scaling(Subject subject) {
        return subject.status().autoScaling();
    }

    private static long serving(Subject subject) {
        return subject.pods().stream().filter(Kubernetes::ready).count();
    }

    private static ResourceRequirements resources(Subject subject) {
        return subject.pods()
                .getFirst()
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getResources();
    }

    private static long amount(ResourceRequirements resources, String name) {
        return resources.getRequests().get(name).getNumericalAmount().longValue();
    }

    private static long mebibytes(int number) {
        return (long) number << 20;
    }

    private static void assertSame(Subject subject, Pod former) {
        assertThat(subject.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.getMetadata().getUid())
                    .isEqualTo(former.getMetadata().getUid());
            assertThat(pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                    .isZero();
        });
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void tell(String words, Object... values) {
        System.err.printf("autoscale: " + words + "%n", values);
    }

    /** Asks for single objects, ten times a second in each of some threads. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger answered = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        Load(WeaviateAsUser weaviate, int parallel) {
            for (int i = 0; i < parallel; i++) {
                threads.add(Thread.ofVirtual().start(() -> ask(weaviate)));
            }
        }

        private void ask(WeaviateAsUser weaviate) {
            for (int number = 0; !stop.get(); number++) {
                long next = System.nanoTime() + Duration.ofMillis(100).toNanos();
                try {
                    answered.addAndGet(weaviate.has("Kept", "", number % OBJECTS) ? 1 : 0);
                } catch (AssertionError unreachable) {
                    // A pod that comes or goes; what counts is that others answer.
                }
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            for (var thread : threads) {
                thread.join();
            }
        }
    }
}
