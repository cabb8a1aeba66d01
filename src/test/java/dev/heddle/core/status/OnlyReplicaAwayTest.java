package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.status.OnlyReplicaAway.Turn;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnlyReplicaAwayTest {
    private static final Finding WANTED = OnlyReplicaAway.announcement("db-1", List.of("A", "B"));
    private long generation = 7;
    /** Since when db-1 has served; null while it does not. */
    private Instant serves = Samples.NOW.minusSeconds(60);

    private Optional<Condition> tell(Optional<Finding> announced, Optional<Condition> before, int seconds) {
        var now = at(seconds);
        var conditions = new Conditions(before.map(List::of).orElse(List.of()), generation, now);
        OnlyReplicaAway.tell(
                announced,
                before,
                node -> node.equals("db-1") ? Optional.ofNullable(serves) : Optional.empty(),
                conditions,
                now);
        return conditions.build().stream().findFirst();
    }

    private static Instant at(int seconds) {
        return Samples.NOW.plusSeconds(seconds);
    }

    private Optional<Condition> begun() {
        return tell(Optional.of(WANTED), Optional.empty(), 0);
    }

    private static void says(Optional<Condition> told, String expected) {
        assertThat(told).map(is -> is.getStatus() + " " + is.getReason()).contains(expected);
    }

    @Test
    void lastsFromTheAnnouncementUntilTheNodeServesAgain() {
        assertThat(tell(Optional.empty(), Optional.empty(), 0)).isEmpty();
        var begun = begun();
        says(begun, "True NodeRestarts");
        assertThat(begun.orElseThrow().getMessage())
                .isEqualTo(
                        "Node db-1, which has the only replica of shards of A, B, is restarted: requests to these shards fail until it serves again.");

        assertThat(tell(Optional.empty(), begun, 2))
                .as("its pod is still there")
                .isEqualTo(begun);
        serves = null;
        assertThat(tell(Optional.empty(), begun, 5000)).as("it does not come").isEqualTo(begun);
        serves = at(11);
        var ended = tell(Optional.empty(), begun, 12);

        says(ended, "False NodeBack");
        assertThat(ended.orElseThrow().getMessage())
                .isEqualTo(
                        "Node db-1, which has the only replica of shards of A, B, has restarted, and serves again after 12 s.");
        assertThat(tell(Optional.empty(), ended, 90)).isEqualTo(ended);
        generation = 8;
        assertThat(tell(Optional.empty(), ended, 91)).as("old news").isEmpty();
    }

    @Test
    void isTakenBackWhereNoRestartFollows() {
        assertThat(tell(Optional.empty(), begun(), 29)).isEqualTo(begun());
        var ended = tell(Optional.empty(), begun(), 30);
        says(ended, "False RestartPutOff");
        assertThat(ended.orElseThrow().getMessage()).endsWith("of A, B, was not restarted.");
    }

    @Test
    void endsBeforeTheNextOneBegins() {
        var other = OnlyReplicaAway.announcement("db-0", List.of("A"));
        assertThat(tell(Optional.of(other), begun(), 5)).isEqualTo(begun());
    }

    /** Conditions are open to whoever may write a status. */
    @Test
    void endsWhatNobodyCanRead() {
        for (var message : new String[] {null, "", "Node", "Node X Y, which is"}) {
            var odd = begun().map(told -> new ConditionBuilder(told)
                    .withMessage(message)
                    .withLastTransitionTime("?")
                    .build());
            assertThat(OnlyReplicaAway.turn("db-1", odd, at(3))).isEqualTo(Turn.WAIT);
            says(tell(Optional.empty(), odd, 3), "False RestartPutOff");
        }
    }

    @Test
    void restartsOnlyWhatIsAnnouncedAndSoon() {
        assertThat(OnlyReplicaAway.turn("db-1", Optional.empty(), at(0))).isEqualTo(Turn.ANNOUNCE);
        assertThat(IntStream.of(0, 1, 2, 14, 15, 60).mapToObj(age -> OnlyReplicaAway.turn("db-1", begun(), at(age))))
                .containsExactly(Turn.WAIT, Turn.WAIT, Turn.RESTART, Turn.RESTART, Turn.WAIT, Turn.WAIT);
        assertThat(OnlyReplicaAway.turn("db-0", begun(), at(5))).isEqualTo(Turn.WAIT);
        serves = at(4);
        assertThat(OnlyReplicaAway.turn("db-1", tell(Optional.empty(), begun(), 5), at(6)))
                .isEqualTo(Turn.ANNOUNCE);
    }

    @Test
    void namesAFewOfManyCollections() {
        var many = IntStream.range(0, 25).mapToObj(number -> "C" + number).toList();
        assertThat(OnlyReplicaAway.announcement("db-1", many).message())
                .contains("C9 and 15 more collections, is")
                .doesNotContain("C10");
    }

    @Test
    void takesANodeToServeWhenTheOthersSeeIt() {
        assertThat(serving("True", "db-1", new WeaviateReport.NotAsked())).contains(Samples.NOW);
        assertThat(serving("True", "db-1", new WeaviateReport.Refused(401, "who?")))
                .contains(Samples.NOW);
        assertThat(serving("False", "db-1", new WeaviateReport.NotAsked())).isEmpty();
        assertThat(serving("True", "db-2", new WeaviateReport.NotAsked())).isEmpty();
        assertThat(serving("True", "db-1", new WeaviateReport.Unreachable("timeout")))
                .isEmpty();
        assertThat(serving("True", "db-1", answered("HEALTHY"))).contains(Samples.NOW);
        assertThat(serving("True", "db-1", answered("UNHEALTHY"))).isEmpty();
        assertThat(serving("True", "db-1", new WeaviateReport.Answered(List.of(), List.of())))
                .isEmpty();
    }

    private static WeaviateReport answered(String health) {
        var node = new WeaviateReport.Node("db-1", "1.35.2", health, 1, 0, List.of(), false);
        return new WeaviateReport.Answered(List.of(node), List.of());
    }

    private static Optional<Instant> serving(String ready, String pod, WeaviateReport report) {
        var seen = new Seen(Samples.spec(""))
                .with(report)
                .with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: %s}
                        status: {conditions: [{type: Ready, status: "%s", lastTransitionTime: "%s"}]}
                        """.formatted(pod, ready, Samples.NOW), Pod.class));
        return OnlyReplicaAway.serving(seen.build()).apply("db-1");
    }
}
