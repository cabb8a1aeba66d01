package dev.heddle.core.backup;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which backups of a schedule are deleted. Only good ones count. Failed and unproven ones are worth nothing to the policy:
 * they stay, for a person to look at, until a good one is newer, and go then. Whatever is in doubt stays.
 */
public final class RetentionPlanner {
    private final RetentionPolicy policy;
    private final List<Stored> backups;
    private final Instant now;
    /** Newest first. */
    private final List<Stored> good;

    private final Map<String, String> counted;

    /**
     * A backup, as the bucket and its resource tell of it.
     *
     * @param id in the bucket
     * @param ended when it was complete or given up; for one that goes on, when it began
     * @param base id of the backup that it adds to, if it is incremental
     * @param own whether this schedule made it; needs proof, not a likely name
     */
    public record Stored(String id, Instant ended, State state, Optional<String> base, boolean own) {}

    /** How far a backup is to be trusted. */
    public enum State {
        RUNNING,
        /** Complete, and found complete in the bucket. */
        GOOD,
        /** Failed, cancelled, or not proven. */
        BAD
    }

    /** @param delete ids, oldest first @param kept why each other stays, by id */
    public record Verdict(List<String> delete, Map<String, String> kept) {}

    private RetentionPlanner(RetentionPolicy policy, List<Stored> backups, Instant now) {
        this.policy = policy;
        this.backups = backups;
        this.now = now;
        this.good = backups.stream()
                .filter(Stored::own)
                .filter(stored -> stored.state() == State.GOOD)
                .sorted(Comparator.comparing(Stored::ended)
                        .thenComparing(Stored::id)
                        .reversed())
                .toList();
        this.counted = counted();
    }

    /**
     * @param backups all that are known, also those of others, which may need one of this schedule as their base; where an
     *     id stands twice, it goes only if each of both says so
     */
    public static Verdict plan(RetentionPolicy policy, List<Stored> backups, Instant now) {
        return new RetentionPlanner(policy, backups, now).verdict();
    }

    private Verdict verdict() {
        var kept = new TreeMap<String, String>();
        backups.forEach(stored -> reason(stored).ifPresent(why -> kept.putIfAbsent(stored.id(), why)));
        keepBases(kept);
        var delete = backups.stream()
                .filter(stored -> !kept.containsKey(stored.id()))
                .sorted(Comparator.comparing(Stored::ended).thenComparing(Stored::id))
                .map(Stored::id)
                .distinct()
                .toList();
        return new Verdict(delete, Map.copyOf(kept));
    }

    private Optional<String> reason(Stored stored) {
        if (!stored.own()) {
            return Optional.of("not made by this schedule");
        }
        if (policy.keepsAll()) {
            return Optional.of("no retention is set");
        }
        return switch (stored.state()) {
            case RUNNING -> Optional.of("goes on");
            case BAD -> Optional.of("no good backup is newer").filter(why -> !olderThanGood(stored));
            case GOOD -> goodReason(stored);
        };
    }

    private boolean olderThanGood(Stored stored) {
        return !good.isEmpty() && stored.ended().isBefore(good.getFirst().ended());
    }

    private Optional<String> goodReason(Stored stored) {
        if (stored.equals(good.getFirst())) {
            return Optional.of("the last good backup");
        }
        if (policy.maxAge()
                .filter(age -> stored.ended().plus(age).isBefore(now))
                .isPresent()) {
            return Optional.empty();
        }
        if (!policy.counts()) {
            return Optional.of("maxAge");
        }
        return Optional.ofNullable(counted.get(stored.id()));
    }

    /** The rule that each good one is kept by, by id. */
    private Map<String, String> counted() {
        var counted = new HashMap<String, String>();
        count(counted, "keepLast", policy.keepLast(), Stored::id);
        count(counted, "keepDaily", policy.keepDaily(), stored -> at(stored).toLocalDate());
        count(counted, "keepWeekly", policy.keepWeekly(), this::week);
        return counted;
    }

    /** The newest good one of each of the newest periods that have one. */
    private void count(
            Map<String, String> counted, String rule, Optional<Integer> number, Function<Stored, Object> period) {
        good.stream()
                .filter(firstOfEach(period))
                .limit(number.orElse(0))
                .forEach(stored -> counted.putIfAbsent(stored.id(), rule));
    }

    private static Predicate<Stored> firstOfEach(Function<Stored, Object> period) {
        Set<Object> seen = new HashSet<>();
        return stored -> seen.add(period.apply(stored));
    }

    private ZonedDateTime at(Stored stored) {
        return stored.ended().atZone(policy.zone());
    }

    private Object week(Stored stored) {
        var day = at(stored).toLocalDate();
        return List.of(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** What anything that stays adds to stays too, and so on; also what is incremental to itself comes to an end. */
    private void keepBases(Map<String, String> kept) {
        var bases = backups.stream()
                .filter(stored -> stored.base().isPresent())
                .collect(Collectors.groupingBy(
                        Stored::id, Collectors.mapping(stored -> stored.base().get(), Collectors.toSet())));
        var known = backups.stream().map(Stored::id).collect(Collectors.toSet());
        var open = new ArrayDeque<>(kept.keySet());
        while (!open.isEmpty()) {
            var needing = open.pop();
            bases.getOrDefault(needing, Set.of()).stream()
                    .filter(known::contains)
                    .filter(base -> kept.putIfAbsent(base, needing + " needs it") == null)
                    .forEach(open::push);
        }
    }
}
