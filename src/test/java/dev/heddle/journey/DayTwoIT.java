package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All that is done to a running cluster, one after the other under the same load, with the operator killed in the
 * middle of each. Takes a quarter of an hour: {@code make journeys}.
 */
@Tag("whole")
class DayTwoIT {
    private static final List<String> TENANTS =
            IntStream.range(0, 20).mapToObj(i -> "tenant" + i).toList();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration A_LOOK = Duration.ofMillis(500);

    @RegisterExtension
    static final Journey JOURNEY = new Journey("journey-day-two");

    private final Subject one = JOURNEY.cluster("one");

    @Test
    void losesNothing() throws Exception {
        one.apply(Subject.small(3, """
                rebalance: {maxConcurrentMoves: 10}
                scaleIn: {writePause: Allowed}
                env: [{name: REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, value: 5s}]"""));
        one.awaitReady();
        one.weaviate().define("Plain", 3, List.of(), true);
        one.weaviate().define("Tenants", 3, TENANTS, true);
        one.weaviate().define("Single", 1, List.of(), false);
        var plain = Writer.begin(one.weaviate(), Map.of("Plain", List.of("")));
        var tenants = Writer.begin(one.weaviate(), Map.of("Tenants", TENANTS));
        var single = Writer.begin(one.weaviate(), Map.of("Single", List.of("")));
        var searcher = Searcher.begin(one.weaviate(), "Plain");

        during("from 3 to 5 nodes", "replicas: 5", 5);
        during("from 5 to 3 nodes", "replicas: 3", 3);
        during("from 1.35.2 to 1.36.0", "version: 1.36.0", 3);
        during("another configuration", "podAnnotations: {example.com/note: rolled}", 3);
        during("larger volumes", "storage: {size: 300Mi}", 3);
        var victim = one.pods().getLast();
        JOURNEY.client().resource(victim).withGracePeriod(0).delete();
        JOURNEY.operator().kill();
        one.awaitReadyWithout(java.util.Set.of(victim.getMetadata().getUid()));
        for (var writer : List.of(plain, tenants, single)) {
            writer.end();
        }
        searcher.end();

        System.err.printf(
                "plain: %s%ntenants: %s%nsingle: %s, refused while paused: %s%nsearches: %s%n",
                plain,
                tenants,
                single,
                one.condition("WritesPaused").map(told -> told.getMessage()).orElse("never told"),
                searcher);
        for (var writer : List.of(plain, tenants, single)) {
            assertThat(writer.lost()).isEmpty();
        }
        assertThat(plain.share()).as("failed writes").isLessThan(0.001);
        assertThat(searcher.share()).as("failed searches").isLessThan(0.001);
        assertThat(searcher.slowest()).isLessThan(Duration.ofSeconds(10));
        await("every replica has everything").atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                        one.pods().stream().map(pod -> one.weaviate(pod).count("Plain")))
                .containsOnly(plain.count()));
    }

    /** The operator dies as soon as the work has begun. */
    private void during(String what, String change, int nodes) {
        long began = System.nanoTime();
        one.change(change);
        await(what + " begins").atMost(LONG).pollInterval(A_LOOK).until(() -> one.is("Reconciling", "True"));
        JOURNEY.operator().kill();
        await(what)
                .atMost(LONG)
                .pollInterval(A_LOOK)
                .until(() -> one.pods().size() == nodes
                        && one.is("Ready", "True")
                        && one.is("Reconciling", "False")
                        && one.is("Stalled", "False"));
        System.err.printf(
                "%s: %d s%n", what, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
}
