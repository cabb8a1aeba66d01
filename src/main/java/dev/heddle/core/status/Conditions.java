package dev.heddle.core.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A list of conditions under construction; keeps the transition time of those whose status stays. */
public final class Conditions {
    private final List<Condition> previous;
    private final long generation;
    private final Instant now;
    private final List<Condition> list = new ArrayList<>();

    public Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = Objects.requireNonNullElse(previous, List.of());
        this.generation = generation;
        this.now = now;
    }

    public Conditions add(String type, boolean status, String reason, String message) {
        return add(type, status ? "True" : "False", reason, message);
    }

    public Conditions add(String type, String status, String reason, String message) {
        var since = find(previous, type)
                .filter(condition -> status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        list.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build());
        return this;
    }

    long generation() {
        return generation;
    }

    public List<Condition> build() {
        return List.copyOf(list);
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
