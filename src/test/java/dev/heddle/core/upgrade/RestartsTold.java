package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.common.Finding;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.OnlyReplicaAway;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the status of a simulated cluster says of nodes that have the only replica of something. */
final class RestartsTold {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private final String history;
    private List<Condition> status = List.of();
    private Optional<Finding> wanted = Optional.empty();

    RestartsTold(String history) {
        this.history = history;
    }

    private Optional<Condition> condition() {
        return Conditions.find(status, OnlyReplicaAway.TYPE);
    }

    /** Whether any node is announced. */
    boolean away() {
        return condition().map(Condition::getStatus).equals(Optional.of("True"));
    }

    /** Whether a node is that serves. */
    boolean lingers(Function<String, Optional<Instant>> serves) {
        return away() && serves.apply(node()).isPresent();
    }

    private String node() {
        return condition().orElseThrow().getMessage().replaceAll("Node (.*), which.*", "$1");
    }

    /** Whether this one is. */
    boolean of(String node) {
        return away() && node().equals(node);
    }

    boolean may(String node, Instant now) {
        var turn = OnlyReplicaAway.turn(node, condition(), now);
        if (turn == OnlyReplicaAway.Turn.ANNOUNCE) {
            wanted = Optional.of(OnlyReplicaAway.announcement(node, List.of("A")));
        }
        return turn == OnlyReplicaAway.Turn.RESTART;
    }

    /** The end of a reconcile that did not crash. */
    void tell(Function<String, Optional<Instant>> serves, Instant now) {
        var conditions = new Conditions(status, 1, now);
        OnlyReplicaAway.tell(wanted, condition(), serves, conditions, now);
        wanted = Optional.empty();
        status = conditions.build();
        if (away()) {
            var told = condition().orElseThrow();
            var since = Instant.parse(told.getLastTransitionTime());
            serves.apply(node()).ifPresent(from -> assertThat(since)
                    .as("%s ends what it announced of a node that serves", history)
                    .isAfter(from)
                    .isAfter(now.minus(LONGEST)));
        }
    }

    /** The operator is gone before it told anything. */
    void forget() {
        wanted = Optional.empty();
    }
}
