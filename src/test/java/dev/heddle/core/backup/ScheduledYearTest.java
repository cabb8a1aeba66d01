package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.backup.RetentionPlanner.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 365 days of schedule and retention, with outages, new leaders, crashes, failing and slow backups, and the changes of the
 * clock: no run is lost or doubled, and on every day exactly what the policy says is in the bucket.
 */
class ScheduledYearTest {
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC");
    private static final List<String> CRONS = List.copyOf(NaiveTimes.SCHEDULES.keySet());
    private static final List<String> TIMINGS =
            List.of("jitter: 1s", "jitter: 20m", "startingDeadline: 40m", "jitter: 45m, startingDeadline: 3h");
    private static final List<String> POLICIES = List.of(
            "{keepLast: 3}",
            "{keepDaily: 7, keepWeekly: 4}",
            "{keepLast: 2, keepDaily: 5, keepWeekly: 8, maxAge: 40d}",
            "{maxAge: 10d}",
            "{keepLast: 20, maxAge: 1d}",
            "{keepWeekly: 60}");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    private static Schedule schedule(long seed) {
        var random = new Random(seed);
        return Schedules.of("schedule: \"%s\", timeZone: %s, %s, retention: %s"
                .formatted(
                        cron(seed),
                        ZONES.get((int) (seed / CRONS.size() % ZONES.size())),
                        TIMINGS.get(random.nextInt(TIMINGS.size())),
                        POLICIES.get(random.nextInt(POLICIES.size()))));
    }

    private static String cron(long seed) {
        return CRONS.get((int) (seed % CRONS.size()));
    }

    /** Half of the changes of the clock happen while nobody looks. */
    private static BitSet outages(Schedule schedule, Random random) {
        var away = new BitSet(ScheduledYear.MINUTES_OF_YEAR);
        for (int i = 0; i < 25; i++) {
            int from = random.nextInt(ScheduledYear.MINUTES_OF_YEAR);
            away.set(from, from + 1 + random.nextInt(i % 3 == 0 ? 5000 : 200));
        }
        var rules = schedule.times().zone().getRules();
        for (var change = rules.nextTransition(ScheduledYear.BEGIN);
                change != null && change.getInstant().isBefore(ScheduledYear.at(ScheduledYear.MINUTES_OF_YEAR));
                change = rules.nextTransition(change.getInstant())) {
            int minute = (int)
                    Duration.between(ScheduledYear.BEGIN, change.getInstant()).toMinutes();
            if (random.nextBoolean()) {
                away.set(minute - random.nextInt(100), minute + 1 + random.nextInt(100));
            }
        }
        return away;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNothingDoublesNothingAndKeepsWhatThePolicySays(long seed) {
        var schedule = schedule(seed);
        var random = new Random(seed + 1000);
        var away = outages(schedule, random);
        var year = new ScheduledYear(schedule, away, seed);

        int days = 0;
        for (int minute = 0; minute < ScheduledYear.MINUTES_OF_YEAR; minute++) {
            year.minute(minute);
            if (random.nextInt(30 * 24 * 60) == 0) {
                year.byHand(minute);
            }
            if (minute % (24 * 60) == 1439) {
                days++;
                endOfDay(year, schedule, minute, away.get(minute));
            }
        }

        assertThat(days).isEqualTo(365);
        assertThat(year.begun()).isEqualTo(expected(schedule, cron(seed), away, seed));
        assertThat(year.begun()).hasSizeGreaterThan(50);
    }

    private static void endOfDay(ScheduledYear year, Schedule schedule, int minute, boolean away) {
        var policy = NaivePolicy.kept(schedule.retention(), year.ever(), ScheduledYear.at(minute));
        if (away) {
            assertThat(year.inBucket().keySet()).as("day " + minute / 1440).containsAll(policy);
        } else {
            year.prune(minute);
            assertThat(year.inBucket().keySet()).as("day " + minute / 1440).containsExactlyInAnyOrderElementsOf(policy);
        }
        assertThat(year.ever().stream().filter(stored -> !stored.own()).map(Stored::id))
                .isSubsetOf(year.inBucket().keySet());
    }

    /** The rule for runs, minute by minute: the latest that is due begins when somebody looks, nothing goes on and it is not too late. */
    private static Map<Instant, Instant> expected(Schedule schedule, String cron, BitSet away, long seed) {
        var due = NaiveTimes.between(
                cron, schedule.times().zone(), ScheduledYear.BEGIN, ScheduledYear.at(ScheduledYear.MINUTES_OF_YEAR));
        var begins = due.stream().map(schedule::begins).toList();
        var begun = new TreeMap<Instant, Instant>();
        int settled = -1;
        int latest = -1;
        int free = 0;
        for (int minute = 0; minute < ScheduledYear.MINUTES_OF_YEAR; minute++) {
            var now = ScheduledYear.at(minute);
            while (latest + 1 < due.size() && !begins.get(latest + 1).isAfter(now)) {
                latest++;
            }
            if (latest == settled || away.get(minute)) {
                continue;
            }
            var begin = begins.get(latest);
            boolean late = schedule.startingDeadline()
                    .filter(deadline -> now.isAfter(begin.plus(deadline)))
                    .isPresent();
            if (late) {
                settled = latest;
            } else if (minute >= free) {
                settled = latest;
                begun.put(due.get(latest), now);
                free = minute + ScheduledYear.length(seed, due.get(latest));
            }
        }
        return begun;
    }
}
