package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What breaks heals by itself: the same data in the same Raft cluster. */
@Tag("journey")
class FaultIT {
    private static final String HERE = "journey-fault";
    private static final int OBJECTS = 100;
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE);

    private static Subject one;
    private WeaviateAsUser.Raft before;

    @BeforeAll
    static void create() {
        one = JOURNEY.cluster("one");
        one.apply(Subject.small(3, ""));
        one.awaitReady();
        one.weaviate().store("Kept", 3, OBJECTS);
    }

    @BeforeEach
    void remember() {
        before = one.weaviate().raft();
    }

    @AfterEach
    void nothingIsLost() {
        one.awaitReady();
        await("data and Raft as before")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    one.weaviate().holds("Kept", OBJECTS);
                    var after = one.weaviate().raft();
                    assertThat(after.voters()).isEqualTo(before.voters()).hasSize(3);
                    assertThat(after.peers()).isEqualTo(before.peers());
                    assertThat(after.term()).isGreaterThanOrEqualTo(before.term());
                    assertThat(one.weaviate().nodes()).hasSize(3);
                });
    }

    @Test
    void aPodIsKilled() {
        var victim = pod(before.leader());
        kill(List.of(victim));

        one.awaitReadyWithout(Set.of(victim.getMetadata().getUid()));
    }

    @Test
    void allPodsAreKilledAtOnce() {
        var victims = one.uids();
        kill(one.pods());

        await("the resource says so").atMost(Duration.ofSeconds(20)).until(() -> one.is("Ready", "False"));
        one.awaitReadyWithout(victims);
        assertThat(one.weaviate().raft().term()).isGreaterThan(before.term());
    }

    @Test
    void theStatefulSetIsDeleted() {
        var victims = one.uids();
        var former = one.statefulSet().orElseThrow();
        JOURNEY.client().resource(former).delete();

        await("another StatefulSet").atMost(Duration.ofSeconds(20)).until(() -> one.statefulSet()
                .filter(set ->
                        !set.getMetadata().getUid().equals(former.getMetadata().getUid()))
                .isPresent());
        one.awaitReadyWithout(victims);
        assertThat(one.weaviate().raft().term()).isGreaterThan(before.term());
    }

    /** What had other copies is filled again, what had none is told; Weaviate itself reports a healthy cluster. */
    @Test
    void aVolumeIsLost() {
        one.weaviate().define("Single", 1, List.of());
        var victim = one.pods().get(1);
        var lost = one.claims().stream()
                .filter(claim -> claim.getMetadata().getName().endsWith("-1"))
                .findFirst()
                .orElseThrow();
        JOURNEY.client().resource(lost).delete();
        kill(List.of(victim));

        one.awaitCondition("DataLoss", "True", "VolumeReplaced", "one-1", "Single");
        one.awaitCondition("Ready", "False", "ReplicasIncomplete", "one-1");
        await("filled again")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> one.is("Ready", "True"));
        assertThat(one.weaviate().missing("Kept", OBJECTS, "one-1")).isEmpty();
        assertThat(one.is("DataLoss", "True")).as("until somebody confirms").isTrue();

        var claim = one.claims().stream()
                .filter(found -> found.getMetadata().getName().endsWith("-1"))
                .findFirst()
                .orElseThrow();
        assertThat(claim.getMetadata().getUid()).isNotEqualTo(lost.getMetadata().getUid());
        one.annotate(Labels.ACCEPT_LOSS, claim.getMetadata().getUid());
        await("confirmed").atMost(Duration.ofSeconds(20)).until(() -> one.condition("DataLoss")
                .isEmpty());
        assertThat(one.weaviate().status("DELETE", "/v1/schema/Single")).isEqualTo(200);
    }

    @Test
    void theOperatorDiesInTheMiddleOfACreate() {
        var born = JOURNEY.cluster("born");
        born.apply(Subject.small(3, "auth: {anonymous: false}"));
        await("the first child")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> children("born").findAny().isPresent());
        JOURNEY.operator().kill();

        born.awaitReady();
        assertThat(born.weaviate().nodes()).containsExactly("born-0", "born-1", "born-2");
        assertThat(born.weaviate().raft().voters()).containsExactly("born-0", "born-1", "born-2");
        born.delete();
        born.awaitGone();
    }

    @Test
    void theOperatorRestartsAndWritesNothing() {
        var versions = versions();
        JOURNEY.operator().stop();
        JOURNEY.operator().start();

        await("no write")
                .during(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(9))
                .untilAsserted(() -> assertThat(versions()).isEqualTo(versions));
        budget().delete();
        await("it was at work").atMost(Duration.ofSeconds(25)).until(() -> budget().get() != null);
    }

    @Test
    void childrenAreDeleted() {
        var client = JOURNEY.client();
        for (var child : children("one")
                .filter(child -> !Set.of("Secret", "StatefulSet").contains(child.getKind()))
                .toList()) {
            client.resource(child).delete();
            await("%s %s is back".formatted(child.getKind(), child.getMetadata().getName()))
                    .atMost(AT_ONCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        var now = client.resource(child).get();
                        return now != null
                                && !now.getMetadata()
                                        .getUid()
                                        .equals(child.getMetadata().getUid());
                    });
        }
    }

    @Test
    void someoneShrinksTheStatefulSet() {
        JOURNEY.client().resource(one.statefulSet().orElseThrow()).scale(2);

        await("three again").atMost(AT_ONCE).pollInterval(Duration.ofMillis(50)).until(() -> one.statefulSet()
                .filter(set -> set.getSpec().getReplicas() == 3)
                .isPresent());
        one.awaitPods();
    }

    private static Pod pod(String name) {
        return JOURNEY.client().pods().inNamespace(HERE).withName(name).get();
    }

    private static void kill(List<Pod> pods) {
        pods.forEach(pod -> JOURNEY.client().resource(pod).withGracePeriod(0).delete());
    }

    private static Resource<?> budget() {
        return JOURNEY.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(HERE)
                .withName("one");
    }

    /** Kind and name to version. */
    private static Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        children("one")
                .forEach(object -> versions.put(
                        object.getKind() + "/" + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion()));
        assertThat(versions).containsKeys("StatefulSet/one", "Service/one", "Secret/one-auth");
        return versions;
    }

    private static Stream<? extends HasMetadata> children(String cluster) {
        var client = JOURNEY.client().adapt(NamespacedKubernetesClient.class).inNamespace(HERE);
        return Stream.of(
                        client.services().list(),
                        client.serviceAccounts().list(),
                        client.secrets().list(),
                        client.apps().statefulSets().list(),
                        client.policy().v1().podDisruptionBudget().list(),
                        client.network().v1().networkPolicies().list())
                .flatMap(list -> list.getItems().stream())
                .map(HasMetadata.class::cast)
                .filter(child -> child.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> owner.getKind().equals("WeaviateCluster")
                                && owner.getName().equals(cluster)));
    }
}
