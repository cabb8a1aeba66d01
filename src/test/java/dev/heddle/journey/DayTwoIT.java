package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final double FEW = 0.001;
    private static final int MENTIONED = 20;

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-day-two");

    private final Subject one = JOURNEY.cluster("one");
    private final List<Fault> own = new ArrayList<>();

    /** A pod that this test killed, until all serve again; nobody announces that. */
    private record Fault(Instant from, Instant to) {
        boolean covers(Failure failure) {
            return failure.collection().equals("Single") && failure.overlaps(from, to);
        }

        @Override
        public String toString() {
            return "%d s from %s".formatted(Duration.between(from, to).toSeconds(), from);
        }
    }

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
        try (var announced = Announced.by(one);
                var load = new Load(one.weaviate())) {
            during("from 3 to 5 nodes", "replicas: 5", 5);
            during("from 5 to 3 nodes", "replicas: 3", 3);
            during("from 1.35.2 to 1.36.0", "version: 1.36.0", 3);
            during("another configuration", "podAnnotations: {example.com/note: rolled}", 3);
            during("larger volumes", "storage: {size: 300Mi}", 3);
            for (var victim : one.pods()) {
                long began = System.nanoTime();
                var fault = Announced.CLOCK.instant();
                JOURNEY.client().resource(victim).withGracePeriod(0).delete();
                JOURNEY.operator().kill();
                one.awaitReadyWithout(Set.of(victim.getMetadata().getUid()));
                took(victim.getMetadata().getName() + " was killed", began);
                own.add(new Fault(fault, Announced.CLOCK.instant()));
            }
            load.close();
            announced.close();
            System.err.printf("%s%n%s", load, announced);
            load.holds(announced, own);
            await("every replica has everything")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(5))
                    .untilAsserted(() -> one.pods()
                            .forEach(pod -> load.isWhole(pod.getMetadata().getName())));
        }
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
        took(what, began);
    }

    private static void took(String what, long began) {
        System.err.printf(
                "%s: %d s%n", what, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    /** A writer and a searcher for each kind of collection. */
    private record Load(
            Writer plain, Writer tenants, Writer single, Searcher ofPlain, Searcher ofTenants, Searcher ofSingle)
            implements AutoCloseable {
        Load(WeaviateAsUser weaviate) {
            this(
                    Writer.begin(weaviate, Map.of("Plain", List.of(""))),
                    Writer.begin(weaviate, Map.of("Tenants", TENANTS)),
                    Writer.begin(weaviate, Map.of("Single", List.of(""))),
                    Searcher.begin(weaviate, "Plain", ""),
                    Searcher.begin(weaviate, "Tenants", TENANTS.getFirst()),
                    Searcher.begin(weaviate, "Single", ""));
        }

        /**
         * What has one replica is away while its node restarts: left out are the failures that the resource announced,
         * and those of the pods that this test killed.
         */
        void holds(Announced announced, List<Fault> own) {
            Predicate<Failure> ours = failure -> own.stream().anyMatch(fault -> fault.covers(failure));
            tell(announced, ours, own);
            for (var writer : List.of(plain, tenants, single)) {
                assertThat(writer.lost()).isEmpty();
                assertThat(writer.slowest()).isLessThan(LONGEST);
            }
            for (var searcher : List.of(ofPlain, ofTenants, ofSingle)) {
                assertThat(searcher.slowest()).isLessThan(LONGEST);
            }
            assertThat(announced.intervals(Announced.REPLICA))
                    .as("restarts of nodes that have the only replica of something")
                    .isNotEmpty();
            Predicate<Failure> excused = failure -> announced.covers(failure) || ours.test(failure);
            for (var writer : List.of(plain, tenants, single)) {
                assertThat(writer.share(excused)).as("failed writes").isLessThan(FEW);
            }
            for (var searcher : List.of(ofPlain, ofTenants, ofSingle)) {
                assertThat(searcher.share(excused)).as("failed searches").isLessThan(FEW);
            }
        }

        private void tell(Announced announced, Predicate<Failure> ours, List<Fault> own) {
            var failures = Stream.of(
                            plain.failures(),
                            tenants.failures(),
                            single.failures(),
                            ofPlain.failures(),
                            ofTenants.failures(),
                            ofSingle.failures())
                    .flatMap(List::stream)
                    .toList();
            var others = failures.stream()
                    .filter(failure -> !announced.covers(failure) && !ours.test(failure))
                    .toList();
            long told = failures.stream().filter(announced::covers).count();
            System.err.printf(
                    "%d failed: %d as announced, %d of the collection with one replica while a pod was killed (%s), %d else%n",
                    failures.size(), told, failures.size() - told - others.size(), own, others.size());
            others.stream().limit(MENTIONED).forEach(System.err::println);
        }

        void isWhole(String node) {
            assertThat(plain.missing(node)).as("copies on %s", node).isEmpty();
            assertThat(tenants.missing(node)).as("copies on %s", node).isEmpty();
        }

        @Override
        public void close() throws InterruptedException {
            for (var writer : List.of(plain, tenants, single)) {
                writer.end();
            }
            for (var searcher : List.of(ofPlain, ofTenants, ofSingle)) {
                searcher.end();
            }
        }
    }
}
