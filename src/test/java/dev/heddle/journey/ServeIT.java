package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.NodeStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From apply to a search, and neighbours that never meet. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeIT {
    private static final String HERE = "journey-serving";
    private static final String ELSEWHERE = "journey-serving-too";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int OBJECTS = 500;

    @RegisterExtension
    static final Journey JOURNEY = Journey.watchingAll(HERE, ELSEWHERE);

    private static String logBefore;
    private static Subject one;

    @BeforeAll
    static void create() {
        logBefore = JOURNEY.operator().log();
        one = JOURNEY.cluster("one");
        long began = System.nanoTime();
        one.apply(Subject.small(3, ""));
        one.awaitReady();
        var took = Duration.ofNanos(System.nanoTime() - began);
        System.out.printf("three nodes from apply to Ready: %.1f s%n", took.toMillis() / 1000.0);
        assertThat(took).isLessThan(SOON);
        one.weaviate().store("Pattern", 3, OBJECTS);
    }

    @Test
    @Order(1)
    void servesObjectsAndSearches() {
        one.weaviate().holds("Pattern", OBJECTS);
        assertThat(one.weaviate().nearest("Pattern", 417)).isEqualTo("pattern 417");
        assertThat(one.weaviate().raft().voters()).containsExactly("one-0", "one-1", "one-2");
    }

    @Test
    @Order(1)
    void letsNobodyInWithoutAKey() {
        assertThat(one.weaviate("").status("GET", "/v1/schema")).isEqualTo(401);
        assertThat(one.weaviate("wrong").status("GET", "/v1/schema")).isEqualTo(401);
        assertThat(one.weaviate().status("GET", "/v1/schema")).isEqualTo(200);
    }

    @Test
    @Order(1)
    void tellsItsState() {
        var status = one.status();
        assertThat(status.phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(status.version()).isEqualTo("1.35.2");
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(3);
        assertThat(status.voters()).isEqualTo(3);
        assertThat(status.endpoints().http()).isEqualTo("one.%s.svc.cluster.local:80".formatted(HERE));
        assertThat(status.endpoints().grpc()).isEqualTo("one.%s.svc.cluster.local:50051".formatted(HERE));
        assertThat(status.nodes())
                .extracting(NodeStatus::name, NodeStatus::status, NodeStatus::version)
                .containsExactly(
                        tuple("one-0", "HEALTHY", "1.35.2"),
                        tuple("one-1", "HEALTHY", "1.35.2"),
                        tuple("one-2", "HEALTHY", "1.35.2"));
        assertThat(one.is("Ready", "True")).isTrue();
        assertThat(one.is("Reconciling", "False")).isTrue();
        assertThat(one.is("Stalled", "False")).isTrue();
        var columns = Command.run("kubectl", "-n", HERE, "get", "wvc", "-o", "wide");
        assertThat(columns.lines().findFirst().orElseThrow().split("\\s+"))
                .contains("VERSION", "PHASE", "NODES", "READY", "AGE", "HTTP", "GRPC", "VOLUME", "MESSAGE");
        assertThat(columns).contains("1.35.2", "Running", "256Mi", "3 of 3 nodes serve Weaviate 1.35.2.");
    }

    @Test
    @Order(1)
    void makesCarefulPods() {
        assertThat(one.pods()).hasSize(3).allSatisfy(pod -> {
            var container = pod.getSpec().getContainers().getFirst();
            assertThat(container.getEnv()).extracting(EnvVar::getName).contains("GOMEMLIMIT");
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
        });
        var memory = one.pods().getFirst().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getName().equals("GOMEMLIMIT"))
                .findFirst()
                .orElseThrow();
        assertThat(memory.getValue()).isEqualTo("409MiB");
        var budget = JOURNEY.client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(HERE)
                .withName("one")
                .get();
        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void neighboursNeverMeet() {
        var two = JOURNEY.cluster("two");
        var namesake = JOURNEY.cluster(ELSEWHERE, "one");
        two.apply(Subject.small(3, ""));
        namesake.apply(Subject.small(3, ""));
        two.awaitReady();
        namesake.awaitReady();
        two.weaviate().store("Second", 3, 20);
        namesake.weaviate().store("Namesake", 3, 30);

        assertThat(one.weaviate().nodes()).containsExactly("one-0", "one-1", "one-2");
        assertThat(two.weaviate().nodes()).containsExactly("two-0", "two-1", "two-2");
        assertThat(namesake.weaviate().nodes()).containsExactly("one-0", "one-1", "one-2");
        assertThat(one.weaviate().raft().peers()).containsExactly("one-0", "one-1", "one-2");
        assertThat(two.weaviate().raft().peers()).containsExactly("two-0", "two-1", "two-2");
        assertThat(one.weaviate().collections()).containsExactly("Pattern");
        assertThat(two.weaviate().collections()).containsExactly("Second");
        assertThat(namesake.weaviate().collections()).containsExactly("Namesake");
        one.weaviate().holds("Pattern", OBJECTS);
        two.weaviate().holds("Second", 20);
        namesake.weaviate().holds("Namesake", 30);
        assertThat(Set.of(one.secret("api-key"), two.secret("api-key"), namesake.secret("api-key")))
                .hasSize(3);
        assertThat(namesake.weaviate(one.secret("api-key")).status("GET", "/v1/schema"))
                .isEqualTo(401);
    }

    @Test
    @Order(3)
    void worksWithoutAWarning() {
        assertThat(JOURNEY.operator().complaints(logBefore)).isEmpty();
    }
}
