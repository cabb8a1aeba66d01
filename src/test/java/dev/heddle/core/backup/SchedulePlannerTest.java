package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.backup.ScheduleDecision.Missed;
import dev.heddle.core.backup.ScheduleDecision.Replace;
import dev.heddle.core.backup.ScheduleDecision.Run;
import dev.heddle.core.backup.ScheduleDecision.Skip;
import dev.heddle.core.backup.ScheduleDecision.Suspended;
import dev.heddle.core.backup.ScheduleDecision.Wait;
import dev.heddle.core.backup.SchedulePlanner.Made;
import dev.heddle.core.backup.SchedulePlanner.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulePlannerTest {
    private static final Schedule DAILY = Schedules.of("schedule: 0 4 * * *");
    private static final String NAME = "nightly-202601100400";
    private static final Instant DUE = at("10T04:00:00");
    private static final Made DONE = new Made("nightly-202601090400", false);
    private static final Made GOES_ON = new Made("nightly-202601090400", true);

    private static Instant at(String time) {
        return Instant.parse("2026-01-" + time + "Z");
    }

    private static Question at(String now, String scheduled, Made... backups) {
        return new Question(
                at("01T00:00:00"),
                Optional.ofNullable(scheduled).map(SchedulePlannerTest::at),
                Optional.empty(),
                Optional.empty(),
                List.of(backups),
                at(now));
    }

    private static Question asking(String value, String handled, Made... backups) {
        return new Question(
                at("01T00:00:00"),
                Optional.of(DUE),
                Optional.ofNullable(value),
                Optional.ofNullable(handled),
                List.of(backups),
                at("10T12:00:00"));
    }

    private static ScheduleDecision decide(Schedule schedule, Question question) {
        return SchedulePlanner.decide(schedule, question);
    }

    @Test
    void waitsForTheNextRun() {
        assertThat(decide(DAILY, at("10T03:59:59", "09T04:00:00", DONE))).isEqualTo(new Wait(DUE));
        assertThat(decide(DAILY, at("01T00:00:00", null))).isEqualTo(new Wait(at("01T04:00:00")));
    }

    @Test
    void runsOnTimeUnderANameThatFollowsFromTheRun() {
        assertThat(decide(DAILY, at("10T04:00:00", "09T04:00:00", DONE))).isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        var berlin = Schedules.of("schedule: 0 4 * * *, timeZone: Europe/Berlin");
        assertThat(decide(berlin, at("10T03:00:00", "09T03:00:00")))
                .isEqualTo(new Run("nightly-202601100300", Optional.of(at("10T03:00:00")), 0));
    }

    @Test
    void isDoneWithARunThatTheStatusOrABackupKnows() {
        var tomorrow = new Wait(at("11T04:00:00"));

        assertThat(decide(DAILY, at("10T04:00:01", "10T04:00:00"))).isEqualTo(tomorrow);
        // Crash between the Backup and the status, status of a former leader, status that is lost.
        assertThat(decide(DAILY, at("10T04:00:01", "09T04:00:00", new Made(NAME, false))))
                .isEqualTo(tomorrow);
        assertThat(decide(DAILY, at("10T05:00:00", "03T04:00:00", new Made(NAME, false))))
                .isEqualTo(tomorrow);
        assertThat(decide(DAILY, at("10T05:00:00", null, new Made(NAME, true)))).isEqualTo(tomorrow);
    }

    @Test
    void asksForTheSameNameAgainWhileABackupIsNotSeenYet() {
        assertThat(decide(DAILY, at("10T04:00:00", "09T04:00:00")))
                .isEqualTo(decide(DAILY, at("10T09:17:23", "09T04:00:00")));
    }

    @Test
    void makesUpForTheLatestOnlyAndSaysHowManyWereMissed() {
        assertThat(decide(DAILY, at("10T09:00:00", "05T04:00:00"))).isEqualTo(new Run(NAME, Optional.of(DUE), 4));
        assertThat(decide(DAILY, at("10T09:00:00", null))).isEqualTo(new Run(NAME, Optional.of(DUE), 9));
    }

    @Test
    void countsMissedRunsOnlySoFar() {
        var minutely = Schedules.of("schedule: \"* * * * *\"");

        assertThat(decide(minutely, at("10T09:00:30", null)))
                .isEqualTo(new Run("nightly-202601100900", Optional.of(at("10T09:00:00")), SchedulePlanner.COUNTED));
    }

    @Test
    void hasNothingToMakeUpForBeforeItWasCreated() {
        var question = new Question(
                at("10T03:00:00"), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), at("10T03:30:00"));

        assertThat(decide(DAILY, question)).isEqualTo(new Wait(DUE));
    }

    @Test
    void givesUpAfterTheStartingDeadline() {
        var strict = Schedules.of("schedule: 0 4 * * *, startingDeadline: 2h");

        assertThat(decide(strict, at("10T06:00:00", "09T04:00:00"))).isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        assertThat(decide(strict, at("10T06:00:01", "09T04:00:00"))).isEqualTo(new Missed(1, DUE));
        assertThat(decide(strict, at("10T06:00:01", "05T04:00:00"))).isEqualTo(new Missed(5, DUE));
        assertThat(decide(strict, at("10T06:00:01", "10T04:00:00"))).isEqualTo(new Wait(at("11T04:00:00")));
    }

    @Test
    void countsTheDeadlineFromTheBeginningAndNotFromBeforeTheJitter() {
        var spread = Schedules.of("schedule: 0 4 * * *, jitter: 3h, startingDeadline: 1m");
        var begins = spread.begins(DUE);
        assertThat(begins).isAfter(DUE.plusSeconds(60));

        assertThat(SchedulePlanner.decide(spread, since(begins.minusMillis(1)))).isEqualTo(new Wait(begins));
        assertThat(SchedulePlanner.decide(spread, since(begins))).isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        assertThat(SchedulePlanner.decide(spread, since(begins.plusSeconds(60))))
                .isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        assertThat(SchedulePlanner.decide(spread, since(begins.plusSeconds(61))))
                .isEqualTo(new Missed(1, DUE));
    }

    private static Question since(Instant now) {
        return new Question(
                at("01T00:00:00"), Optional.of(at("09T04:00:00")), Optional.empty(), Optional.empty(), List.of(), now);
    }

    @Test
    void makesUpForYesterdayWhileTodaysJitterLasts() {
        var spread = Schedules.of("schedule: 0 4 * * *, jitter: 3h");

        assertThat(decide(spread, at("10T04:00:00", "08T04:00:00")))
                .isEqualTo(new Run(DONE.name(), Optional.of(at("09T04:00:00")), 0));
    }

    @Test
    void waitsForTheOneBefore() {
        var strict = Schedules.of("schedule: 0 4 * * *, startingDeadline: 2h");

        assertThat(decide(DAILY, at("10T04:30:00", "09T04:00:00", GOES_ON)))
                .isInstanceOfSatisfying(Skip.class, skip -> {
                    assertThat(skip.reason()).startsWith("nightly-202601090400 goes on");
                    assertThat(skip.until()).isEmpty();
                });
        assertThat(decide(strict, at("10T04:30:00", "09T04:00:00", GOES_ON)))
                .isInstanceOfSatisfying(
                        Skip.class, skip -> assertThat(skip.until()).contains(at("10T06:00:00")));
        assertThat(decide(strict, at("10T06:30:00", "09T04:00:00", GOES_ON))).isEqualTo(new Missed(1, DUE));
        // It ended: late is better than never.
        assertThat(decide(strict, at("10T05:30:00", "09T04:00:00", DONE)))
                .isEqualTo(new Run(NAME, Optional.of(DUE), 0));
    }

    @Test
    void replacesTheOneBeforeWhereAsked() {
        var replacing = Schedules.of("schedule: 0 4 * * *, concurrency: Replace");

        assertThat(decide(replacing, at("10T04:30:00", "09T04:00:00", GOES_ON)))
                .isEqualTo(new Replace(List.of(GOES_ON.name()), DUE));
        assertThat(decide(replacing, at("10T04:31:00", "09T04:00:00", DONE)))
                .isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        assertThat(decide(replacing, at("10T03:30:00", "09T04:00:00", GOES_ON))).isEqualTo(new Wait(DUE));
    }

    @Test
    void doesNothingWhileSuspended() {
        var suspended = Schedules.of("schedule: 0 4 * * *, suspend: true");

        assertThat(decide(suspended, at("10T04:30:00", null))).isEqualTo(new Suspended());
        assertThat(decide(suspended, asking("please", null))).isEqualTo(new Suspended());
        assertThat(SchedulePlanner.nextRun(suspended, at("10T04:30:00", null))).isEmpty();
    }

    @Test
    void runsOnceForEachValueOfTheAnnotation() {
        var name = BackupNames.asked("nightly", "before the upgrade");
        var tomorrow = new Wait(at("11T04:00:00"));

        assertThat(decide(DAILY, asking("before the upgrade", null))).isEqualTo(new Run(name, Optional.empty(), 0));
        assertThat(decide(DAILY, asking("before the upgrade", "an older one")))
                .isEqualTo(new Run(name, Optional.empty(), 0));
        assertThat(decide(DAILY, asking("before the upgrade", "before the upgrade")))
                .isEqualTo(tomorrow);
        assertThat(decide(DAILY, asking("before the upgrade", null, new Made(name, true))))
                .isEqualTo(tomorrow);
        assertThat(decide(DAILY, asking("before the upgrade", "an older one", new Made(name, false))))
                .isEqualTo(tomorrow);
        assertThat(decide(DAILY, asking(" ", null))).isEqualTo(tomorrow);
        assertThat(decide(DAILY, asking("now", null, new Made(NAME, true)))).isInstanceOf(Skip.class);
    }

    @Test
    void remembersTheValueOnceItsBackupIsThere() {
        var name = BackupNames.asked("nightly", "now");

        assertThat(SchedulePlanner.handled(DAILY, asking("now", "before"))).contains("before");
        assertThat(SchedulePlanner.handled(DAILY, asking("now", "before", new Made(name, true))))
                .contains("now");
        assertThat(SchedulePlanner.handled(DAILY, asking(null, "before"))).contains("before");
    }

    @Test
    void believesNoTimeFromTheFuture() {
        // A clock that was wrong for a while must not stop backups for years.
        assertThat(decide(DAILY, at("10T04:00:00", "31T04:00:00", DONE))).isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        assertThat(decide(DAILY, at("10T04:00:00", "09T04:00:00", new Made("nightly-202701010400", false))))
                .isEqualTo(new Run(NAME, Optional.of(DUE), 0));
        // A leader whose clock is behind does not begin yesterday's again, although its Backup has been pruned.
        assertThat(decide(DAILY, at("10T03:59:58", "10T04:00:00"))).isEqualTo(new Wait(DUE));
        // Neither does a clock that goes back double what is there.
        assertThat(decide(DAILY, at("10T03:59:58", "10T04:00:00", new Made(NAME, false))))
                .isEqualTo(new Wait(DUE));
        assertThat(decide(DAILY, at("10T04:00:00", null, new Made(NAME, false))))
                .isEqualTo(new Wait(at("11T04:00:00")));
    }

    @Test
    void tellsPeopleWhenTheNextOneBegins() {
        assertThat(SchedulePlanner.nextRun(DAILY, at("10T03:00:00", "09T04:00:00", DONE)))
                .contains(DUE);
        assertThat(SchedulePlanner.nextRun(DAILY, at("10T04:30:00", "09T04:00:00", GOES_ON)))
                .contains(at("11T04:00:00"));
    }

    @Test
    void readsNamesBack() {
        assertThat(BackupNames.run("nightly", NAME)).contains(DUE);
        assertThat(List.of(
                        "nightly-now-0123456789",
                        "nightly-202613100400",
                        "nightly-2026011004001",
                        "nightly-20260110040",
                        "nightly-x-202601100400",
                        "other-202601100400",
                        "nightly",
                        ""))
                .allSatisfy(name ->
                        assertThat(BackupNames.run("nightly", name)).as(name).isEmpty());
        assertThat(BackupNames.asked("nightly", "any text: ümlaut\n'; --")).matches("nightly-now-[0-9a-f]{10}");
    }
}
