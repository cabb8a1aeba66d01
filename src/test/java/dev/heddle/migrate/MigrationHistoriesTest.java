package dev.heddle.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migration.Place;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed, disturbed, written to meanwhile: both sides are equal in the end, and nearly nothing was sent twice. */
@Timeout(120)
class MigrationHistoriesTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void killedTwentyTimes(long seed) {
        var random = new Random(seed);
        var world = new Histories();
        world.fill(random, 20_000);
        for (var kill = 0; kill < 20; kill++) {
            var left = new AtomicInteger(20 + random.nextInt(60));
            world.killed = false;
            MemorySide.Fault fault = (call, size) -> {
                if (left.decrementAndGet() <= 0) {
                    world.killed = true;
                }
                if (world.killed) {
                    throw new MemorySide.Killed();
                }
                // As long as a server takes, so that progress is saved several times before the next kill.
                pause(1);
            };
            world.source.fault = fault;
            world.target.fault = fault;
            assertThat(world.attempt()).isEmpty();
        }
        world.killed = false;
        world.source.fault = (call, size) -> {};
        world.target.fault = world.source.fault;
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.differences()).isEmpty();
        assertThat(world.target.written.get() - world.objects())
                .as("objects sent twice")
                .isLessThanOrEqualTo(world.objects() / 100);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void answersThatAreLost(long seed) {
        var random = new Random(seed);
        var world = new Histories();
        world.fill(random, 3_000);
        MemorySide.Fault fault = (call, size) -> {
            boolean lost;
            synchronized (random) {
                lost = random.nextInt(8) == 0;
            }
            if (lost) {
                throw call.equals("read")
                        ? new MigrationException.Busy("slow down", Optional.empty())
                        : new MigrationException.Unreachable("no answer");
            }
        };
        world.source.fault = fault;
        world.target.fault = fault;
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.differences()).isEmpty();
        assertThat(world.target.written.get()).isEqualTo(world.objects());
    }

    @Test
    void writesMeanwhile() {
        var random = new Random(6);
        var world = new Histories();
        world.fill(random, 5_000);
        var articles = world.source.at(Histories.ARTICLES);
        var changes = new AtomicInteger();
        world.target.fault = (call, size) -> {
            if (!call.equals("write") || changes.incrementAndGet() > 60) {
                return;
            }
            synchronized (random) {
                world.source.clock.set(world.target.clock.get() + 10_000);
                var known = articles.ceilingKey(Histories.id(random));
                world.source.put(Histories.ARTICLES, Histories.object(Histories.id(random), "came", Map.of()));
                if (known != null) {
                    world.source.put(Histories.ARTICLES, Histories.object(known, "changed", Map.of()));
                }
            }
        };
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.differences()).isEmpty();
        assertThat(articles.values().stream()
                        .filter(object -> object.properties().toString().contains("changed")))
                .isNotEmpty();
    }

    @Test
    void whatGoesOnTheSourceMeanwhileStaysOnTheTargetAndIsNamed() {
        var world = new Histories();
        world.fill(new Random(6), 500);
        var articles = world.source.at(Histories.ARTICLES);
        var gone = articles.firstKey();
        world.target.fault = (call, size) -> {
            if (world.target.at(Histories.ARTICLES).containsKey(gone)) {
                articles.remove(gone);
            }
        };
        assertThat(world.attempt()).as(world.said()).contains(Outcome.DIFFERENT);
        assertThat(world.target.at(Histories.ARTICLES)).containsKey(gone);
        assertThat(world.progress.differences().first())
                .anyMatch(words -> words.contains(gone + ": only on the target"));
    }

    @Test
    void killedWhileATenantIsActivatedForIt() {
        var world = new Histories();
        world.fill(new Random(7), 500);
        world.target.fault = (call, size) -> {
            if (world.killed || call.equals("tenants")) {
                world.killed = true;
                throw new MemorySide.Killed();
            }
        };
        world.source.fault = (call, size) -> {
            if (world.killed) {
                throw new MemorySide.Killed();
            }
        };
        var before = Map.copyOf(world.source.tenants("Note"));
        assertThat(world.attempt()).isEmpty();
        world.killed = false;
        world.target.fault = (call, size) -> {};
        assertThat(world.attempt()).as(world.said()).contains(Outcome.EQUAL);
        assertThat(world.source.tenants("Note")).isEqualTo(before);
        assertThat(world.target.tenants("Note")).isEqualTo(before);
        assertThat(world.target.at(Place.of("Note", "t1"))).hasSize(10);
    }
}
