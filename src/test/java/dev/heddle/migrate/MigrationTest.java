package dev.heddle.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.migrate.StopSignal.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes, conflicts, and everything that has to end in a true outcome. */
@Timeout(60)
class MigrationTest {
    private final Histories world = new Histories();

    @BeforeEach
    void fill() {
        world.fill(new Random(1), 1_000);
    }

    @Test
    void aDryRunWritesNothing() {
        world.mode = Mode.DRY_RUN;
        assertThat(world.attempt()).contains(Outcome.EQUAL);
        assertThat(world.said()).contains("Would copy 1110 objects of 3 collections");
        assertThat(world.target.collections).isEmpty();
    }

    @Test
    void onlyTheSchema() {
        world.mode = Mode.SCHEMA_ONLY;
        assertThat(world.attempt()).contains(Outcome.EQUAL);
        assertThat(world.target.collections).containsOnlyKeys("Article", "Author", "Note");
        assertThat(world.target.aliases).containsEntry("Writer", "Author");
        assertThat(world.target.written.get()).isZero();
    }

    @Test
    void whatIsThereStopsItUnlessThePlanSaysOtherwise() {
        world.target.collections.put("Article", world.source.collections.get("Article"));
        assertThat(world.attempt()).contains(Outcome.FAILED);
        assertThat(world.progress.message()).contains("Article is on the target already");
        assertThat(world.target.written.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKIP", "OVERWRITE"})
    void objectsThatWereThere(OnConflict onConflict) {
        world.onConflict = onConflict;
        world.target.collections.put("Article", world.source.collections.get("Article"));
        var id = world.source.at(Histories.ARTICLES).firstKey();
        world.target.clock.set(10);
        world.target.put(Histories.ARTICLES, Histories.object(id, "old", Map.of()));
        world.target.put(Histories.ARTICLES, Histories.object(Histories.id(new Random(99)), "own", Map.of()));
        world.target.clock.set(2_000_000);
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.target.at(Histories.ARTICLES)).hasSize(1_001);
        assertThat(world.target
                        .at(Histories.ARTICLES)
                        .get(id)
                        .properties()
                        .path("title")
                        .asText()
                        .equals("old"))
                .isEqualTo(onConflict == OnConflict.SKIP);
    }

    @Test
    void verifyingNamesWhatDiffers() {
        world.attempt();
        world.checkpoint = Optional.empty();
        world.mode = Mode.VERIFY;
        var articles = world.target.at(Histories.ARTICLES);
        var gone = articles.firstKey();
        articles.remove(gone);
        var changed = articles.firstKey();
        articles.put(changed, Histories.object(changed, "changed", Map.of()));
        assertThat(world.attempt()).contains(Outcome.DIFFERENT);
        assertThat(world.progress.differences().count()).isEqualTo(3);
        assertThat(world.progress.differences().first())
                .anyMatch(words -> words.contains(gone + ": missing on the target"))
                .anyMatch(words -> words.contains(changed + ": title, vector differ")
                        || words.contains(changed + ": title differ"))
                .anyMatch(words -> words.contains("1000 objects on the source, 999 on the target"));
        assertThat(articles).hasSize(999);
    }

    @Test
    void objectsThatTheTargetRefusesAreNamed() {
        var refused = world.source.at(Histories.AUTHORS).firstKey();
        world.target.refuse = id -> id.equals(refused) ? Optional.of("vector of another length") : Optional.empty();
        assertThat(world.attempt()).contains(Outcome.DIFFERENT);
        assertThat(world.progress.differences().first())
                .anyMatch(words -> words.contains(refused.toString()) && words.contains("vector of another length"));
    }

    @Test
    void aFullDiskIsWaitedFor() {
        var calls = new AtomicInteger();
        world.target.refuse =
                id -> calls.incrementAndGet() < 300 ? Optional.of("store is read-only") : Optional.empty();
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.differences()).isEmpty();
    }

    @Test
    void aSourceThatIsGoneIsSaidOnceThePatienceIsOver() {
        world.patience = Duration.ofMillis(100);
        world.source.fault = (call, size) -> {
            if (call.equals("read")) {
                throw new MigrationException.Unreachable("source:80: connection refused");
            }
        };
        assertThat(world.attempt()).contains(Outcome.UNREACHABLE);
        assertThat(world.progress.message()).contains("connection refused");
    }

    @Test
    void aKeyThatMayNotIsNotTriedAgain() {
        var calls = new AtomicInteger();
        world.target.fault = (call, size) -> {
            if (call.equals("write")) {
                calls.incrementAndGet();
                throw new MigrationException.Denied("HTTP 403");
            }
        };
        assertThat(world.attempt()).contains(Outcome.FAILED);
        assertThat(calls.get()).isLessThanOrEqualTo(4);
        assertThat(world.progress.message()).contains("403");
    }

    @Test
    void theDeadlineEndsIt() {
        world.deadline = 1;
        world.target.fault = (call, size) -> pause();
        assertThat(world.attempt()).contains(Outcome.TIMED_OUT);
        assertThat(world.progress.outcome().exitCode()).isEqualTo(4);
    }

    @Test
    void askedToEndItCanGoOn() {
        var stop = new StopSignal();
        var calls = new AtomicInteger();
        world.target.fault = (call, size) -> {
            if (call.equals("write") && calls.incrementAndGet() == 5) {
                stop.stop(Reason.TERMINATED);
            }
        };
        assertThat(world.attempt(stop)).isEmpty();
        assertThat(world.progress.outcome()).isNull();
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.differences()).isEmpty();
        assertThat(world.target.written.get()).isEqualTo(world.objects());
        assertThat(world.progress.objects().total()).isEqualTo(world.objects());
        assertThat(world.progress.objects().done()).isEqualTo(world.objects());
    }

    @Test
    void theSourceIsFrozenForTheLastPass() {
        world.freeze = true;
        world.source.fault = (call, size) -> {
            if (world.progress != null && world.progress.freezeWanted()) {
                world.source.readOnly = true;
            }
        };
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.source.readOnly).isTrue();
        assertThat(world.progress.freezeWanted()).isFalse();
    }

    @Test
    void progressOfAnotherMigrationIsLeftAlone() {
        world.attempt();
        var foreign = world.checkpoint.get().replace("\"id\":\"m1\"", "\"id\":\"m2\"");
        world.checkpoint = Optional.of(foreign);
        assertThat(world.attempt()).contains(Outcome.FAILED);
        assertThat(world.said()).contains("another migration, m2");
        assertThat(world.checkpoint).contains(foreign);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{}", "{\"version\":2,\"id\":\"m1\"}", "{\"version\":1,\"id\":\"m1\"}"})
    void progressThatCannotBeUnderstoodIsLeftAlone(String broken) {
        world.checkpoint = Optional.of(broken);
        assertThat(world.attempt()).contains(Outcome.FAILED);
        assertThat(world.checkpoint).contains(broken);
        assertThat(world.target.collections).isEmpty();
    }

    @Test
    void idsOutOfOrderAreNotFollowedForEver() {
        world.source.backwards = true;
        assertThat(world.attempt()).contains(Outcome.FAILED);
        assertThat(world.progress.message()).contains("out of order");
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
