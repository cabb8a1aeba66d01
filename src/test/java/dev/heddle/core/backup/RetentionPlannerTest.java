package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.backup.RetentionPlanner.State;
import dev.heddle.core.backup.RetentionPlanner.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionPlannerTest {
    private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");

    /** @param spec numbers of last, daily, weekly and the age in days; 0 for none */
    private static RetentionPolicy policy(int last, int daily, int weekly, int age) {
        return new RetentionPolicy(
                Optional.of(last).filter(number -> number > 0),
                Optional.of(daily).filter(number -> number > 0),
                Optional.of(weekly).filter(number -> number > 0),
                Optional.of(Duration.ofDays(age)).filter(Duration::isPositive),
                ZoneOffset.UTC);
    }

    /** Named after its end, without the year. */
    private static Stored good(String time) {
        return stored(time, State.GOOD);
    }

    private static Stored stored(String time, State state) {
        return new Stored(time, Instant.parse("2026-" + time + ":00Z"), state, Optional.empty(), true);
    }

    private static Stored on(String base, Stored stored) {
        return new Stored(stored.id(), stored.ended(), stored.state(), Optional.of(base), stored.own());
    }

    private static Stored foreign(Stored stored) {
        return new Stored(stored.id(), stored.ended(), stored.state(), stored.base(), false);
    }

    private static List<String> deleted(RetentionPolicy policy, Stored... backups) {
        return RetentionPlanner.plan(policy, List.of(backups), NOW).delete();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 16 March 2026 is a Monday.
                "1 | 0 | 0 | 0  | 03-20T04:00",
                "3 | 0 | 0 | 0  | 03-20T04:00 03-19T16:00 03-19T04:00",
                "9 | 0 | 0 | 0  | 03-20T04:00 03-19T16:00 03-19T04:00 03-17T04:00 03-15T23:59 03-08T00:00 02-01T04:00",
                "0 | 1 | 0 | 0  | 03-20T04:00",
                "0 | 2 | 0 | 0  | 03-20T04:00 03-19T16:00",
                // Days without a backup do not count.
                "0 | 3 | 0 | 0  | 03-20T04:00 03-19T16:00 03-17T04:00",
                "0 | 0 | 1 | 0  | 03-20T04:00",
                "0 | 0 | 2 | 0  | 03-20T04:00 03-15T23:59",
                "0 | 0 | 3 | 0  | 03-20T04:00 03-15T23:59 03-08T00:00",
                "0 | 0 | 4 | 0  | 03-20T04:00 03-15T23:59 03-08T00:00 02-01T04:00",
                // Each rule keeps what it keeps.
                "3 | 3 | 2 | 0  | 03-20T04:00 03-19T16:00 03-19T04:00 03-17T04:00 03-15T23:59",
                // Age takes away in any case.
                "0 | 0 | 0 | 10 | 03-20T04:00 03-19T16:00 03-19T04:00 03-17T04:00 03-15T23:59",
                "0 | 0 | 4 | 10 | 03-20T04:00 03-15T23:59",
                "9 | 0 | 0 | 1  | 03-20T04:00 03-19T16:00",
            })
    void keeps(int last, int daily, int weekly, int age, String kept) {
        var all = Stream.of(
                        "03-20T04:00",
                        "03-17T04:00",
                        "03-19T04:00",
                        "02-01T04:00",
                        "03-19T16:00",
                        "03-15T23:59",
                        "03-08T00:00")
                .map(RetentionPlannerTest::good)
                .toList();

        var verdict = RetentionPlanner.plan(policy(last, daily, weekly, age), all, NOW);

        assertThat(verdict.kept().keySet()).containsExactlyInAnyOrder(kept.split(" "));
        assertThat(verdict.delete())
                .isSorted()
                .doesNotContainAnyElementsOf(verdict.kept().keySet())
                .hasSize(all.size() - verdict.kept().size());
    }

    @Test
    void deletesNothingWithoutARule() {
        var verdict = RetentionPlanner.plan(
                policy(0, 0, 0, 0),
                List.of(good("01-01T04:00"), stored("01-02T04:00", State.BAD), good("03-19T04:00")),
                NOW);

        assertThat(verdict.delete()).isEmpty();
        assertThat(verdict.kept().values()).containsOnly("no retention is set");
    }

    @Test
    void keepsTheLastGoodOneHoweverOldItIs() {
        assertThat(deleted(policy(0, 0, 0, 10), good("01-02T04:00"), good("01-01T04:00")))
                .containsExactly("01-01T04:00");
        assertThat(deleted(policy(1, 1, 1, 1), good("01-02T04:00"), stored("03-20T04:00", State.BAD)))
                .isEmpty();
    }

    @Test
    void isExactAboutAge() {
        assertThat(deleted(policy(0, 0, 0, 10), good("03-20T04:00"), good("03-10T12:00"), good("03-10T11:59")))
                .containsExactly("03-10T11:59");
    }

    @Test
    void countsOnlyGoodOnes() {
        assertThat(deleted(
                        policy(2, 0, 0, 0),
                        stored("03-20T04:00", State.BAD),
                        good("03-19T04:00"),
                        stored("03-18T04:00", State.BAD),
                        good("03-17T04:00"),
                        good("03-16T04:00")))
                .containsExactly("03-16T04:00", "03-18T04:00");
        // The day's newest has failed: the one before stands for the day.
        assertThat(deleted(policy(0, 1, 0, 0), stored("03-20T08:00", State.BAD), good("03-20T04:00")))
                .isEmpty();
    }

    @Test
    void keepsFailedOnesUntilAGoodOneIsNewer() {
        var failed = new Stored[] {stored("03-19T04:00", State.BAD), stored("03-20T04:00", State.BAD)};

        assertThat(deleted(policy(1, 0, 0, 1), failed)).isEmpty();
        assertThat(deleted(policy(1, 0, 0, 1), failed[0], failed[1], good("03-19T16:00")))
                .containsExactly("03-19T04:00");
    }

    @Test
    void leavesAloneWhatGoesOn() {
        assertThat(deleted(policy(1, 0, 0, 1), stored("03-01T04:00", State.RUNNING), good("03-20T04:00")))
                .isEmpty();
    }

    @Test
    void leavesAloneWhatItDidNotMake() {
        assertThat(deleted(
                        policy(1, 0, 0, 1),
                        foreign(good("01-01T04:00")),
                        foreign(stored("01-02T04:00", State.BAD)),
                        good("03-19T04:00"),
                        // Nor does it count.
                        foreign(good("03-20T04:00"))))
                .isEmpty();
    }

    @Test
    void keepsWhatOthersAddTo() {
        var full = good("03-01T04:00");
        var first = on(full.id(), good("03-02T04:00"));
        var second = on(first.id(), good("03-03T04:00"));
        var other = good("03-04T04:00");
        var newest = on(second.id(), good("03-20T04:00"));

        assertThat(deleted(policy(1, 0, 0, 5), full, first, second, other, newest))
                .containsExactly(other.id());
        assertThat(RetentionPlanner.plan(policy(1, 0, 0, 5), List.of(full, first, second, newest), NOW)
                        .kept())
                .containsEntry(newest.id(), "the last good backup")
                .containsEntry(second.id(), newest.id() + " needs it")
                .containsEntry(full.id(), first.id() + " needs it");
    }

    @Test
    void keepsTheBaseOfOneThatGoesOnAndOfOneThatIsNotItsOwn() {
        var base = good("03-01T04:00");
        var newest = good("03-20T04:00");

        assertThat(deleted(policy(1, 0, 0, 0), base, newest)).containsExactly(base.id());
        assertThat(deleted(policy(1, 0, 0, 0), base, newest, on(base.id(), stored("03-20T11:00", State.RUNNING))))
                .isEmpty();
        assertThat(deleted(policy(1, 0, 0, 0), base, newest, foreign(on(base.id(), good("03-02T04:00")))))
                .isEmpty();
    }

    @Test
    void endsWithBasesThatGoRoundOrAreGone() {
        var one = on("03-19T04:00", good("03-20T04:00"));
        var two = on("03-20T04:00", good("03-19T04:00"));
        var verdict =
                RetentionPlanner.plan(policy(1, 0, 0, 0), List.of(one, two, on("gone", good("03-18T04:00"))), NOW);

        assertThat(verdict.delete()).containsExactly("03-18T04:00");
        assertThat(verdict.kept()).containsOnlyKeys(one.id(), two.id());
        assertThat(deleted(policy(1, 0, 0, 0), on("03-20T04:00", good("03-20T04:00"))))
                .isEmpty();
    }

    @Test
    void keepsAnIdThatIsInDoubt() {
        var old = good("03-01T04:00");

        assertThat(deleted(policy(1, 0, 0, 0), good("03-20T04:00"), old, old)).containsExactly(old.id());
        assertThat(deleted(policy(1, 0, 0, 0), good("03-20T04:00"), old, foreign(old)))
                .isEmpty();
        assertThat(deleted(policy(1, 0, 0, 0), good("03-20T04:00"), old, stored("03-01T04:00", State.RUNNING)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // 23:30 and 00:30 in Berlin: two days there, one in New York and in UTC.
        "Europe/Berlin, 0",
        "America/New_York, 1",
        "UTC, 1",
    })
    void beginsDaysWhereTheScheduleIs(String zone, int gone) {
        var daily = new RetentionPolicy(
                Optional.empty(), Optional.of(2), Optional.empty(), Optional.empty(), ZoneId.of(zone));

        assertThat(RetentionPlanner.plan(daily, List.of(good("03-18T22:30"), good("03-18T23:30")), NOW)
                        .delete())
                .hasSize(gone);
    }

    @Test
    void knowsThatTheFirstWeekBeginsInTheYearBefore() {
        var weekly = policy(0, 0, 9, 0);
        var days = Arrays.stream(new String[] {"2024-12-29", "2024-12-30", "2025-01-05", "2025-01-06"})
                .map(day -> new Stored(day, Instant.parse(day + "T04:00:00Z"), State.GOOD, Optional.empty(), true))
                .toList();

        assertThat(RetentionPlanner.plan(weekly, days, NOW).delete()).containsExactly("2024-12-30");
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThat(RetentionPlanner.plan(policy(1, 1, 1, 1), List.of(), NOW).delete())
                .isEmpty();
    }
}
