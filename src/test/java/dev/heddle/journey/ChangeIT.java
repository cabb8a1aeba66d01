package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users change, in the order of a cluster's life: it is done without loss, or refused in words. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChangeIT {
    private static final String HERE = "journey-change";
    private static final int OBJECTS = 100;
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE);

    private static Subject one;

    @BeforeAll
    static void create() {
        one = JOURNEY.cluster("one");
        one.apply(Subject.small(3, ""));
        one.awaitReady();
        one.weaviate().store("Kept", 3, OBJECTS);
    }

    @Test
    @Order(1)
    void refusesAnotherVersion() {
        refused("version: 1.34.0", "version: 1.35.2", "DowngradeRefused", "1.34.0", "1.35.2");
    }

    @Test
    @Order(1)
    void refusesOtherStorage() {
        refused("storage: {size: 128Mi}", "storage: {size: 256Mi}", "StorageChangeRefused", "128Mi", "256Mi");
    }

    @Test
    @Order(1)
    void changesTheService() {
        one.change("service: {type: NodePort, annotations: {example.com/team: weavers}}");
        var services = JOURNEY.client().services().inNamespace(HERE).withName("one");
        await("the Service follows").atMost(AT_ONCE).untilAsserted(() -> {
            assertThat(services.get().getSpec().getType()).isEqualTo("NodePort");
            assertThat(services.get().getMetadata().getAnnotations()).containsEntry("example.com/team", "weavers");
        });
        one.weaviate().holds("Kept", OBJECTS);
        one.change("service: null");
        await("and comes back").atMost(AT_ONCE).untilAsserted(() -> {
            assertThat(services.get().getSpec().getType()).isEqualTo("ClusterIP");
            assertThat(services.get().getMetadata().getAnnotations()).doesNotContainKey("example.com/team");
        });
    }

    @Test
    @Order(1)
    void restsWhileSuspended() {
        one.change("suspend: true");
        one.awaitCondition("Ready", "True", "Suspended");
        assertThat(one.status().phase()).isEqualTo(ClusterPhase.SUSPENDED);
        var budget = JOURNEY.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(HERE)
                .withName("one");
        budget.delete();
        await("left as it is").during(AT_ONCE).atMost(AT_ONCE.plusSeconds(2)).until(() -> budget.get() == null);

        one.change("suspend: null");
        await("made again").atMost(AT_ONCE).until(() -> budget.get() != null);
        one.awaitReady();
    }

    @Test
    @Order(2)
    void rollsOnePodAtATime() {
        var former = one.uids();
        one.change("env: [{name: LOG_LEVEL, value: info}]\npodAnnotations: {example.com/note: rolled}");

        await("every pod is new, two served all the time")
                .atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofMillis(200))
                .failFast(
                        "more than one pod was away",
                        () -> one.pods().stream().filter(Kubernetes::ready).count() < 2)
                .until(() -> {
                    var left = new HashSet<>(one.uids());
                    left.retainAll(former);
                    return left.isEmpty();
                });
        one.awaitReadyWithout(former);
        assertThat(one.pods()).allSatisfy(pod -> {
            assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/note", "rolled");
            assertThat(pod.getSpec().getContainers().getFirst().getEnv())
                    .anyMatch(variable -> variable.getName().equals("LOG_LEVEL"));
        });
        one.weaviate().holds("Kept", OBJECTS);
    }

    @Test
    @Order(3)
    void growsToFourNodes() {
        var former = one.uids();
        one.change("replicas: 4");
        one.awaitReady();

        assertThat(one.weaviate().nodes()).containsExactly("one-0", "one-1", "one-2", "one-3");
        assertThat(one.weaviate().raft().voters()).containsExactly("one-0", "one-1", "one-2");
        assertThat(one.weaviate().raft().peers()).hasSize(4);
        assertThat(one.uids()).as("nobody restarts for it").containsAll(former);
        one.weaviate().store("Wide", 4, OBJECTS);
    }

    @Test
    @Order(4)
    void refusesToShrink() {
        refused("replicas: 2", "replicas: 4", "ScaleInBelowVoters", "4 nodes are kept");
        refused("replicas: 3", "replicas: 4", "ScaleInBelowReplicationFactor", "Wide (factor 4)", "4 nodes are kept");
        assertThat(one.pods()).hasSize(4);
    }

    @Test
    @Order(5)
    void takesUpRetainedVolumes() {
        var voters = one.weaviate().raft().voters();
        remove();
        assertThat(one.claims()).hasSize(4);

        one.apply(Subject.small(4, "").replace("{size: 256Mi}", "{size: 256Mi, reclaimPolicy: Delete}"));
        one.awaitReady();
        one.weaviate().holds("Kept", OBJECTS);
        one.weaviate().holds("Wide", OBJECTS);
        assertThat(one.weaviate().raft().voters()).isEqualTo(voters);
    }

    @Test
    @Order(6)
    void deletesVolumesWhenAskedAlsoLater() {
        JOURNEY.operator().stop();
        one.delete();
        assertThat(one.resource().get().getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(one.claims()).hasSize(4);

        JOURNEY.operator().start();
        one.awaitGone();
        killPods();
        await("claims go").atMost(Duration.ofSeconds(30)).until(() -> one.claims()
                .isEmpty());
    }

    /** A change that is refused: nothing moves, it is said why, and it is over when the change is taken back. */
    private static void refused(String change, String back, String reason, String... words) {
        var set = one.statefulSet().orElseThrow();
        one.change(change);
        one.awaitCondition("Stalled", "True", reason, words);
        assertThat(one.is("Ready", "True")).isTrue();
        assertThat(one.statefulSet().orElseThrow().getSpec()).isEqualTo(set.getSpec());
        one.change(back);
        one.awaitCondition("Stalled", "False", "NotStalled");
        one.awaitReady();
        one.weaviate().holds("Kept", OBJECTS);
    }

    private static void remove() {
        one.delete();
        one.awaitGone();
        killPods();
        await("pods go").atMost(Duration.ofSeconds(30)).until(() -> one.pods().isEmpty());
        await("children go")
                .atMost(Duration.ofSeconds(30))
                .until(() -> JOURNEY.client()
                                .services()
                                .inNamespace(HERE)
                                .list()
                                .getItems()
                                .isEmpty()
                        && one.statefulSet().isEmpty());
    }

    /** They would stop by themselves; nobody has to wait for it. */
    private static void killPods() {
        await("the pods are told to stop").atMost(Duration.ofSeconds(20)).until(() -> one.pods().stream()
                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        one.pods()
                .forEach(
                        pod -> JOURNEY.client().resource(pod).withGracePeriod(0).delete());
    }
}
