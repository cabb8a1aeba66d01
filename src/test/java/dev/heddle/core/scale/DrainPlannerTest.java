package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.scale.ScaleStep.Leave;
import dev.heddle.core.scale.ScaleStep.Mark;
import dev.heddle.core.scale.ScaleStep.Move;
import dev.heddle.core.scale.ScaleStep.Moves;
import dev.heddle.core.scale.ScaleStep.Pause;
import dev.heddle.core.scale.ScaleStep.Refuse;
import dev.heddle.core.scale.ScaleStep.Wait;
import dev.heddle.core.scale.ShardLayout.Collection;
import dev.heddle.core.scale.ShardLayout.Operation;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainPlannerTest {
    private Optional<String> unsupported = Optional.empty();
    private int target = 3;
    private int voters = 3;
    private int maxMoves = 4;
    private Optional<String> unsettled = Optional.empty();
    private Optional<ShardReport> report = Optional.empty();
    private final List<Collection> collections = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Long> held = new TreeMap<>(Map.of("n-0", 1L, "n-1", 1L, "n-2", 1L, "n-3", 0L));
    private boolean marked;
    private WritePausing pausing = new WritePausing(Optional.of("Allow it."), false, false);

    /** @param shards nodes of the replicas of each shard, by ordinal: "0 1 3" */
    private DrainPlannerTest with(String name, int factor, String... shards) {
        var all = new ArrayList<Shard>();
        for (int i = 0; i < shards.length; i++) {
            var replicas = shards[i]
                    .chars()
                    .filter(Character::isDigit)
                    .mapToObj(digit -> "n-" + (char) digit)
                    .toList();
            all.add(new Shard(name, "s" + i, replicas));
        }
        collections.add(new Collection(name, factor, false, all));
        return this;
    }

    private DrainPlannerTest with(String collection, String shard, String source, String target, String state) {
        operations.add(new Operation("id-" + shard, collection, shard, source, target, true, state, "disk full"));
        return this;
    }

    private ScaleStep next() {
        return DrainPlanner.next(new ScaleIn(
                unsupported,
                List.of("n-0", "n-1", "n-2", "n-3"),
                target,
                voters,
                maxMoves,
                unsettled,
                report.orElse(new ShardReport.Known(new ShardLayout(collections, operations))),
                held,
                pausing,
                marked));
    }

    private void refuses(String reason, String... words) {
        assertThat(next()).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.reason()).isEqualTo(reason);
            assertThat(List.of(words)).allMatch(refuse.words()::contains, refuse.words());
            assertThat(refuse.words()).contains("Set spec.replicas to");
        });
    }

    private void waits(String words) {
        assertThat(next()).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.message())
                .contains(words, "n-3"));
    }

    @Test
    void refusesAVersionThatCannotMove() {
        unsupported = Optional.of("Weaviate 1.31.0 cannot move.");
        refuses("ScaleInNotSupportedByVersion", "1.31.0", "4 nodes are kept", "to 4 or more");
    }

    @Test
    void refusesToLoseAVoter() {
        target = 2;
        refuses("ScaleInBelowVoters", "3 nodes vote", "to 3 or more");
    }

    @ParameterizedTest
    @CsvSource({"4, to 4 or more", "7, to 4 or more"})
    void refusesBelowTheReplicationFactor(int factor, String words) {
        with("Wide", factor, "0123").with("Good", 3, "012");
        refuses("ScaleInBelowReplicationFactor", "Wide (factor " + factor + ")", words);
    }

    @Test
    void refusesToMoveTheOnlyReplica() {
        with("Single", 1, "0", "3").with("Elsewhere", 1, "0").with("Good", 3, "013");
        refuses("ScaleInNeedsWritePause", "Collections Single have");
    }

    @Test
    void pausesWritesBeforeTheOnlyReplicaMoves() {
        pausing = new WritePausing(Optional.empty(), false, false);
        with("Single", 1, "0", "3").with("Good", 3, "013");

        assertThat(next()).isInstanceOfSatisfying(Moves.class, moves -> assertThat(moves.moves())
                .containsExactly(new Move("Good", "s0", "n-3", "n-2")));
        collections.removeLast();
        assertThat(next()).isInstanceOfSatisfying(Pause.class, pause -> {
            assertThat(pause.moves()).isEmpty();
            assertThat(pause.message()).contains("Writes are paused", "n-3", "0 move, 1 wait");
        });
        pausing = new WritePausing(Optional.empty(), true, false);
        assertThat(next()).isInstanceOfSatisfying(Pause.class, pause -> assertThat(pause.moves())
                .containsExactly(new Move("Single", "s1", "n-3", "n-1")));
    }

    @Test
    void movesTheOnlyReplicasOfAllLeavingNodesInOnePause() {
        target = 2;
        voters = 1;
        pausing = new WritePausing(Optional.empty(), true, false);
        with("Single", 1, "3", "2", "2", "0");

        assertThat(next()).isInstanceOfSatisfying(Pause.class, pause -> assertThat(pause.moves())
                .containsExactly(
                        new Move("Single", "s0", "n-3", "n-1"),
                        new Move("Single", "s1", "n-2", "n-0"),
                        new Move("Single", "s2", "n-2", "n-1")));
    }

    @Test
    void keepsWritesPausedWhileTheOnlyReplicaMoves() {
        pausing = new WritePausing(Optional.empty(), true, false);
        with("Wide", 4, "0123").with("Single", 1, "3 1");
        with("Single", "s0", "n-3", "n-1", "DEHYDRATING");

        assertThat(next()).isInstanceOf(Pause.class);
        assertThat(WritePausing.holds(new ShardReport.Known(new ShardLayout(collections, operations))))
                .isTrue();
        assertThat(WritePausing.holds(new ShardReport.Unknown("timeout"))).isTrue();
        operations.clear();
        assertThat(WritePausing.holds(new ShardReport.Known(new ShardLayout(collections, operations))))
                .isFalse();
    }

    @Test
    void beginsNothingElseUntilMovesThatTookTooLongHaveEnded() {
        pausing = new WritePausing(Optional.empty(), true, true);
        with("Single", 1, "3", "3").with("Single", "s0", "n-3", "n-1", "HYDRATING");
        with("Single", "s1", "n-3", "n-1", "DEHYDRATING");

        assertThat(next()).isInstanceOfSatisfying(Wait.class, wait -> assertThat(wait.message())
                .startsWith("2 moves")
                .contains("have to end first"));
        operations.clear();
        refuses("WritePauseTooLong", "Single", "maxWritePause");
    }

    @Test
    void takesAReplicaOnANodeThatIsGoneForNone() {
        with("Wounded", 2, "93");
        refuses("ScaleInNeedsWritePause", "Wounded");
    }

    @Test
    void namesTenCollectionsAtMost() {
        for (int i = 0; i < 12; i++) {
            with("C" + i, 1, "3");
        }
        refuses("ScaleInNeedsWritePause", "C11", " and 2 more have");
    }

    @Test
    void refusesWhatWeaviateDoesNotPermit() {
        report = Optional.of(new ShardReport.Refused("HTTP 501"));
        refuses("ReplicaMovementRefused", "HTTP 501");
    }

    @Test
    void givesUpWhatWeaviateGaveUpThreeTimes() {
        with("Good", 3, "013");
        with("Good", "s0", "n-3", "n-2", "CANCELLED").with("Good", "s0", "n-3", "n-2", "CANCELLED");
        assertThat(next()).isInstanceOf(Moves.class);
        with("Good", "s0", "n-3", "n-2", "CANCELLED");
        refuses("ShardMovesFail", "Good/s0", "3 times", "disk full");
    }

    @Test
    void refusesWhereEveryNodeHasAReplica() {
        with("Copied", 3, "0123");
        refuses("NoNodeForReplica", "Copied/s0");
    }

    @Test
    void waitsUntilTheOthersServe() {
        unsettled = Optional.of("2 of 3 pods are ready.");
        with("Good", 3, "013");
        waits("2 of 3 pods are ready.");
    }

    @Test
    void waitsForAnAnswer() {
        report = Optional.of(new ShardReport.Unknown("no route to host"));
        waits("no route to host");
    }

    @Test
    void waitsForALeavingNodeThatHoldsShardsAndIsIll() {
        with("Good", 3, "013");
        held.remove("n-3");
        waits("does not answer");
    }

    @Test
    void letsANodeGoThatNeverCame() {
        with("Good", 3, "012");
        held.remove("n-3");
        assertThat(next()).isEqualTo(new Mark("n-3"));
        marked = true;
        assertThat(next()).isEqualTo(new Leave("n-3", 3));
    }

    @Test
    void movesAFewAtATimeToTheNodesWithTheFewest() {
        maxMoves = 2;
        with("A", 2, "03", "03", "03", "01");
        assertThat(next())
                .isEqualTo(new Moves(
                        List.of(new Move("A", "s0", "n-3", "n-2"), new Move("A", "s1", "n-3", "n-1")),
                        "Node n-3 leaves: 3 of 8 shard replicas are still on it."));
        with("A", "s0", "n-3", "n-2", "DEHYDRATING");
        assertThat(next()).isInstanceOfSatisfying(Moves.class, step -> assertThat(step.moves())
                .extracting(Move::shard)
                .containsExactly("s1"));
        with("A", "s1", "n-3", "n-1", "REGISTERED");
        waits("3 of 8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTERED", "HYDRATING", "FINALIZING", "DEHYDRATING", "INTEGRATING", ""})
    void waitsForWhateverComesToTheNode(String state) {
        with("Good", 3, "012").with("Good", "s0", "n-2", "n-3", state);
        waits("0 of 3");
    }

    @Test
    void waitsUntilTheNodeItselfListsNothing() {
        with("Good", 3, "012");
        held.put("n-3", 2L);
        waits("still lists 2");
    }
}
