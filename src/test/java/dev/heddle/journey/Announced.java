package dev.heddle.journey;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a resource said that requests would fail: by its conditions and the times in them, and by nothing else. All
 * clocks are that of one machine.
 */
final class Announced implements AutoCloseable, ResourceEventHandler<WeaviateCluster> {
    /** Of all times in journeys that are compared with those of conditions. */
    static final Clock CLOCK = Clock.systemUTC();

    static final String WRITES = "WritesPaused";
    static final String REPLICA = "OnlyReplicaAway";

    /** Weaviate takes up its mode within two seconds. */
    private static final Duration FOLLOWS = Duration.ofSeconds(3);

    /** What is left of the second that a condition names. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final List<Interval> over = new CopyOnWriteArrayList<>();
    private final Map<String, Interval> open = new TreeMap<>();
    private SharedIndexInformer<WeaviateCluster> informer;

    /** @param to the end, or the last moment that is known of */
    record Interval(String type, Instant from, Instant to, String message) {
        private boolean covers(Failure failure) {
            return switch (type) {
                case WRITES -> failure.write() && failure.overlaps(from.minus(FOLLOWS), to.plus(FOLLOWS));
                case REPLICA -> names(failure.collection()) && failure.overlaps(from, to);
                default -> throw new AssertionError(type);
            };
        }

        boolean names(String collection) {
            return Pattern.compile("\\b%s\\b".formatted(collection))
                    .matcher(message)
                    .find();
        }

        @Override
        public String toString() {
            return "%s for %d s, from %s: %s"
                    .formatted(type, Duration.between(from, to).toSeconds(), from, message);
        }
    }

    static Announced by(Subject subject) {
        var announced = new Announced();
        announced.informer = subject.resource().inform(announced);
        return announced;
    }

    @Override
    public void onAdd(WeaviateCluster cluster) {
        saw(cluster);
    }

    @Override
    public void onUpdate(WeaviateCluster former, WeaviateCluster cluster) {
        saw(cluster);
    }

    @Override
    public void onDelete(WeaviateCluster cluster, boolean unseen) {
        saw(cluster);
    }

    private synchronized void saw(WeaviateCluster cluster) {
        var conditions = cluster.getStatus() == null
                ? List.<Condition>of()
                : cluster.getStatus().conditions();
        for (var type : List.of(WRITES, REPLICA)) {
            var told = conditions.stream()
                    .filter(condition -> type.equals(condition.getType()))
                    .findFirst();
            if (told.filter(is -> "True".equals(is.getStatus())).isPresent()) {
                goesOn(type, told.get());
            } else {
                end(type, told);
            }
        }
    }

    private void goesOn(String type, Condition told) {
        var from = Instant.parse(told.getLastTransitionTime());
        var known = open.get(type);
        if (known != null && !known.from().equals(from)) {
            end(type, Optional.of(told));
        }
        open.put(type, new Interval(type, from, CLOCK.instant(), told.getMessage()));
    }

    /** @param told the condition that ended it, where there is one */
    private void end(String type, Optional<Condition> told) {
        var ended = told.map(Condition::getLastTransitionTime)
                .map(Instant::parse)
                .map(time -> time.plus(REST))
                .orElseGet(CLOCK::instant);
        Optional.ofNullable(open.remove(type))
                .ifPresent(known -> over.add(new Interval(type, known.from(), ended, known.message())));
    }

    /** Whether it was said that this request would fail. */
    boolean covers(Failure failure) {
        return over.stream().anyMatch(interval -> interval.covers(failure));
    }

    /** Those that have ended, or all of them once this is closed. */
    List<Interval> intervals(String type) {
        return over.stream().filter(interval -> interval.type().equals(type)).toList();
    }

    @Override
    public String toString() {
        return over.stream().map("announced %s%n"::formatted).collect(Collectors.joining());
    }

    @Override
    public synchronized void close() {
        informer.close();
        for (var type : List.of(WRITES, REPLICA)) {
            end(type, Optional.empty());
        }
    }
}
