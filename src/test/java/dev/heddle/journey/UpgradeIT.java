package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From one version to another and back from one that cannot be had, under load and over a crash of the operator. */
@Tag("journey")
@TestMethodOrder(OrderAnnotation.class)
class UpgradeIT {
    private static final Duration AN_UPGRADE = Duration.ofMinutes(5);
    private static final Duration A_WAY_BACK = Duration.ofMinutes(3);
    private static final Duration A_LOOK = Duration.ofMillis(200);
    private static final int KEPT = 100;

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-upgrade");

    private static Subject one;

    @BeforeAll
    static void create() {
        one = JOURNEY.cluster("one");
        one.apply(Subject.small(3, ""));
        one.awaitReady();
        one.weaviate().store("Kept", 3, KEPT);
        one.weaviate().define("Repaired", 3, List.of(), true);
    }

    /** First, while the leader may still be anywhere: one-0 would be the last one anyway. */
    @Test
    @Order(1)
    void rollsAConfigurationWithTheLeaderLast() {
        leadByAnyBut("one-0");
        var leader = one.weaviate().raft().leader();
        var expected = Stream.of("one-2", "one-1", "one-0")
                .filter(node -> !node.equals(leader))
                .collect(Collectors.toCollection(ArrayList::new));
        expected.add(leader);

        var order = watched(() -> one.change("podAnnotations: {example.com/note: rolled}"), AN_UPGRADE);

        assertThat(order).containsExactlyElementsOf(expected);
        one.awaitReady();
        one.weaviate().holds("Kept", KEPT);
    }

    /** As the official chart and an earlier Heddle made it. */
    @Test
    @Order(1)
    void takesOverAStatefulSetThatRollsByItself() {
        var pods = one.uids();
        JOURNEY.client()
                .apps()
                .statefulSets()
                .inNamespace(one.namespace())
                .withName(one.name())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Kubernetes.json("spec: {updateStrategy: {type: RollingUpdate}}"));
        await("it is the operator's again").atMost(Subject.PATIENCE).untilAsserted(() -> assertThat(
                        one.statefulSet().orElseThrow().getSpec().getUpdateStrategy())
                .hasFieldOrPropertyWithValue("type", "OnDelete")
                .hasFieldOrPropertyWithValue("rollingUpdate", null));
        assertThat(one.uids()).isEqualTo(pods);
    }

    @Test
    @Order(2)
    void comesBackFromAnImageThatCannotBePulled() {
        var began = System.nanoTime();
        one.change("version: 1.36.999\nupgrade: {timeout: 60s}");
        one.awaitCondition("Stalled", "True", "UpgradeFailed", "1.36.999", "1.35.2 runs", "set spec.version to 1.35.2");
        one.awaitReady();
        figure("from the change to Ready on the old version, image that cannot be pulled", began, A_WAY_BACK);

        assertThat(one.status().version()).isEqualTo("1.35.2");
        assertThat(one.status().phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(versions()).containsOnly("1.35.2");
        one.change("version: 1.35.2");
        one.awaitCondition("Stalled", "False", "NotStalled");
        one.weaviate().holds("Kept", KEPT);
    }

    @Test
    @Order(3)
    void upgradesUnderLoadOverACrash() throws Exception {
        one.weaviate().define("Single", 1, List.of());
        var single = new Single(one);
        var load = new Load(one.weaviate());
        var threads = List.of(
                Thread.ofVirtual().start(load::write), Thread.ofVirtual().start(load::read));
        var began = System.nanoTime();

        var order = watched(
                () -> {
                    one.change("version: 1.36.0");
                    await("a pod is on its way")
                            .atMost(Subject.PATIENCE)
                            .until(() -> one.pods().size() < 3
                                    || one.pods().stream().anyMatch(pod -> !Kubernetes.ready(pod)));
                    JOURNEY.operator().kill();
                },
                AN_UPGRADE);
        await("the version is there").atMost(AN_UPGRADE).pollInterval(A_LOOK).until(() -> "1.36.0"
                .equals(one.status().version()));
        one.awaitReady();
        figure("three nodes from 1.35.2 to 1.36.0, with a crash of the operator", began, AN_UPGRADE);
        load.stop.set(true);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(order).hasSize(3);
        assertThat(versions()).containsOnly("1.36.0");
        assertThat(one.status().upgrade()).isNull();
        one.weaviate().holds("Kept", KEPT);
        load.report();
        single.holds();
        assertThat(load.lost()).isEmpty();
        assertThat(load.failed.get() * 1000L)
                .as("%d failed of %d", load.failed.get(), load.asked.get())
                .isLessThanOrEqualTo(load.asked.get());
        replicasAgree();
    }

    @Test
    @Order(4)
    void refusesADowngrade() {
        var pods = one.uids();
        one.change("version: 1.35.2");
        one.awaitCondition("Stalled", "True", "DowngradeRefused", "1.35.2", "1.36.0 runs and is kept");
        assertThat(one.is("Ready", "True")).isTrue();
        one.change("version: 1.36.0");
        one.awaitCondition("Stalled", "False", "NotStalled");
        assertThat(one.uids()).isEqualTo(pods);
    }

    /** The collection that repairs itself has every object on every node. */
    private static void replicasAgree() {
        await("every replica has everything").atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var counts = one.pods().stream()
                    .map(pod -> one.weaviate(pod).count("Repaired"))
                    .collect(Collectors.toSet());
            assertThat(counts).hasSize(1);
        });
    }

    private static Set<String> versions() {
        return one.pods().stream()
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .map(image -> image.substring(image.lastIndexOf(':') + 1))
                .collect(Collectors.toSet());
    }

    /** A Raft leader that goes hands over to whom it likes. */
    private static void leadByAnyBut(String node) {
        for (int attempt = 0; one.weaviate().raft().leader().equals(node); attempt++) {
            assertThat(attempt).as("attempts to take the lead from %s", node).isLessThan(10);
            var former = one.uids();
            JOURNEY.client().pods().inNamespace(one.namespace()).withName(node).delete();
            await("another pod")
                    .atMost(Subject.PATIENCE)
                    .until(() -> !one.uids().equals(former) && one.pods().size() == 3);
            one.awaitPods();
            one.awaitReady();
        }
    }

    /** The pods in the order in which they were replaced; never two at once. */
    private static List<String> watched(Runnable change, Duration limit) {
        var uids = new LinkedHashMap<String, String>();
        one.pods().forEach(pod -> uids.put(name(pod), pod.getMetadata().getUid()));
        var left = new HashMap<>(uids);
        var order = new ArrayList<String>();
        change.run();
        await("every pod is another one, two served all the time")
                .atMost(limit)
                .pollInterval(A_LOOK)
                .failFast("more than one pod was away", () -> ready() < uids.size() - 1)
                .until(() -> {
                    one.pods().stream()
                            .filter(pod -> left.containsKey(name(pod))
                                    && !left.get(name(pod))
                                            .equals(pod.getMetadata().getUid()))
                            .forEach(pod -> {
                                left.remove(name(pod));
                                order.add(name(pod));
                            });
                    return left.isEmpty();
                });
        one.awaitPods();
        return order;
    }

    private static long ready() {
        return one.pods().stream().filter(Kubernetes::ready).count();
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private static void figure(String what, long began, Duration limit) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        System.err.printf("%s: %.1f s%n", what, took.toMillis() / 1000.0);
        assertThat(took).as(what).isLessThan(limit);
    }

    /** A writer and a searcher of a collection with one replica, which is away while its node restarts. */
    private static final class Single {
        private final Announced announced;
        private final Writer writer;
        private final Searcher searcher;

        Single(Subject subject) {
            announced = Announced.by(subject);
            writer = Writer.begin(subject.weaviate(), Map.of("Single", List.of("")));
            searcher = Searcher.begin(subject.weaviate(), "Single", "");
        }

        void holds() throws InterruptedException {
            writer.end();
            searcher.end();
            announced.close();
            System.err.printf("one replica: %s; %s%n%s", writer, searcher, announced);
            assertThat(announced.intervals(Announced.REPLICA))
                    .as("each node has a shard of it")
                    .hasSize(3)
                    .allSatisfy(restart -> assertThat(restart.names("Single")).isTrue());
            for (var pod : one.pods()) {
                var made = Instant.parse(pod.getMetadata().getCreationTimestamp());
                assertThat(announced.intervals(Announced.REPLICA))
                        .as("announced before %s was replaced", name(pod))
                        .anyMatch(restart -> restart.message().startsWith("Node %s,".formatted(name(pod)))
                                && restart.from().isBefore(made)
                                && restart.to().isAfter(made));
            }
            assertThat(writer.share(announced::covers)).as("failed writes").isLessThan(0.001);
            assertThat(searcher.share(announced::covers)).as("failed searches").isLessThan(0.001);
            assertThat(writer.lost()).isEmpty();
        }
    }

    /** Writes and reads for as long as it may, and knows what was acknowledged. */
    private static final class Load {
        private final WeaviateAsUser weaviate;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final List<Integer> taken = new ArrayList<>();
        private long slowest;

        Load(WeaviateAsUser weaviate) {
            this.weaviate = weaviate;
        }

        void write() {
            for (int number = 0; !stop.get(); number++) {
                long began = System.nanoTime();
                asked.incrementAndGet();
                if (weaviate.write("Repaired", "", number).isEmpty()) {
                    taken.add(number);
                } else {
                    failed.incrementAndGet();
                }
                slowest = Math.max(slowest, System.nanoTime() - began);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }

        void read() {
            for (int number = 0; !stop.get(); number = (number + 1) % KEPT) {
                asked.incrementAndGet();
                if (!found(number)) {
                    failed.incrementAndGet();
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }

        private boolean found(int number) {
            try {
                return weaviate.has("Kept", "", number);
            } catch (AssertionError unreachable) {
                return false;
            }
        }

        void report() {
            System.err.printf(
                    "%d requests, %d failed, %d writes acknowledged, slowest write %.1f s%n",
                    asked.get(), failed.get(), taken.size(), slowest / 1e9);
        }

        Set<Integer> lost() {
            return IntStream.range(0, taken.size())
                    .parallel()
                    .mapToObj(taken::get)
                    .filter(number -> !weaviate.has("Repaired", "", number))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }
}
