package dev.heddle.core.backup;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.backup.RetentionPlanner.State;
import dev.heddle.core.backup.RetentionPlanner.Stored;
import dev.heddle.core.backup.ScheduleDecision.Missed;
import dev.heddle.core.backup.ScheduleDecision.Run;
import dev.heddle.core.backup.ScheduleDecision.Skip;
import dev.heddle.core.backup.ScheduleDecision.Wait;
import dev.heddle.core.backup.SchedulePlanner.Made;
import dev.heddle.core.backup.SchedulePlanner.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * An operator that goes by the planners for a year, on a clock of minutes. It is asleep until the time that it was told, or
 * until a backup ends; it is away during outages, crashes between its two writes, and leaders begin with a status that is old
 * or empty.
 */
final class ScheduledYear {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final int MINUTES_OF_YEAR = 365 * 24 * 60;

    private final Schedule schedule;
    private final BitSet away;
    private final long seed;
    private final Random random;
    private final List<Optional<Instant>> statuses = new ArrayList<>(List.of(Optional.empty()));
    private final Map<String, Stored> inBucket = new LinkedHashMap<>();
    private final Map<String, Stored> ever = new LinkedHashMap<>();
    private final Map<Instant, Instant> begun = new TreeMap<>();
    private Optional<Instant> status = Optional.empty();
    private String running = "";
    private int ends;
    private Instant wake = BEGIN;

    /** @param away minutes in which nobody looks */
    ScheduledYear(Schedule schedule, BitSet away, long seed) {
        this.schedule = schedule;
        this.away = away;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** When each run began, by its due time. */
    Map<Instant, Instant> begun() {
        return begun;
    }

    /** Every backup that was ever made. */
    List<Stored> ever() {
        return List.copyOf(ever.values());
    }

    Map<String, Stored> inBucket() {
        return inBucket;
    }

    static Instant at(int minute) {
        return BEGIN.plus(minute, MINUTES);
    }

    /** How long the backup of a run takes; now and then longer than the time between two. */
    static int length(long seed, Instant run) {
        var random = new Random(seed ^ run.getEpochSecond());
        return random.nextInt(40) == 0 ? 600 + random.nextInt(1200) : 1 + random.nextInt(50);
    }

    void minute(int minute) {
        boolean ended = end(minute);
        if (away.get(minute)) {
            return;
        }
        boolean back = minute > 0 && away.get(minute - 1);
        boolean newLeader = back || random.nextInt(3000) == 0;
        if (newLeader) {
            status = statuses.get(random.nextInt(statuses.size()));
        }
        if (ended || newLeader || !at(minute).isBefore(wake) || random.nextInt(500) == 0) {
            reconcile(minute);
        }
    }

    private boolean end(int minute) {
        if (running.isEmpty() || minute < ends) {
            return false;
        }
        var before = inBucket.get(running);
        store(new Stored(
                running, at(minute), random.nextInt(8) == 0 ? State.BAD : State.GOOD, before.base(), before.own()));
        running = "";
        return true;
    }

    private void reconcile(int minute) {
        for (int step = 0; step < 5; step++) {
            switch (SchedulePlanner.decide(schedule, question(minute))) {
                case Run run -> {
                    run(run, minute);
                    // A crash before the status is written.
                    if (random.nextInt(20) != 0) {
                        remember(run.scheduledFor().orElseThrow());
                    }
                }
                case Missed missed -> remember(missed.latest());
                case Wait wait -> {
                    assertThat(wait.until()).isAfter(at(minute));
                    wake = wait.until();
                    return;
                }
                case Skip skip -> {
                    // The next run is looked at in any case: it takes the place of this one.
                    wake = skip.until().map(end -> end.plus(1, MINUTES)).orElse(Instant.MAX);
                    assertThat(running).isNotEmpty();
                    return;
                }
                default -> throw new AssertionError("not asked for");
            }
        }
        throw new AssertionError("never comes to rest");
    }

    private void run(Run run, int minute) {
        var due = run.scheduledFor().orElseThrow();
        assertThat(running).as("two at once").isEmpty();
        assertThat(ever).as("doubled").doesNotContainKey(run.name());
        assertThat(begun.put(due, at(minute))).as("doubled").isNull();
        running = run.name();
        ends = minute + length(seed, due);
        store(new Stored(run.name(), at(minute), State.RUNNING, base(), true));
    }

    private Optional<String> base() {
        var good = inBucket.values().stream()
                .filter(stored -> stored.own() && stored.state() == State.GOOD)
                .reduce((one, later) -> later);
        return good.map(Stored::id).filter(id -> random.nextInt(3) != 0);
    }

    /** Somebody makes a backup by hand, which may add to one of the schedule's. */
    void byHand(int minute) {
        store(new Stored("by-hand-" + minute, at(minute), State.GOOD, base(), false));
    }

    private void store(Stored stored) {
        // At its end a backup goes to the end of the list.
        inBucket.remove(stored.id());
        inBucket.put(stored.id(), stored);
        ever.put(stored.id(), stored);
    }

    private void remember(Instant run) {
        status = Optional.of(run);
        statuses.add(status);
    }

    private Question question(int minute) {
        return new Question(BEGIN, status, Optional.empty(), Optional.empty(), made(), at(minute));
    }

    private List<Made> made() {
        return inBucket.values().stream()
                .filter(Stored::own)
                .map(stored -> new Made(stored.id(), stored.state() == State.RUNNING))
                .toList();
    }

    void prune(int minute) {
        var verdict = RetentionPlanner.plan(schedule.retention(), List.copyOf(inBucket.values()), at(minute));
        assertThat(verdict.delete()).isSubsetOf(inBucket.keySet());
        verdict.delete().forEach(inBucket::remove);
    }
}
