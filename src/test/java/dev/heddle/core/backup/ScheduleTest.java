package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.BackupConcurrency;
import dev.heddle.core.common.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    @Test
    void readsEverythingThatIsAboutTime() {
        var schedule = Schedules.of("""
                schedule: 0 4 * * *, timeZone: Europe/Berlin, jitter: 10m, startingDeadline: 2h, concurrency: Replace,
                suspend: true, timeout: 6h, retention: {keepLast: 1, keepDaily: 2, keepWeekly: 3, maxAge: 30d}""");

        assertThat(schedule.jitter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.startingDeadline()).contains(Duration.ofHours(2));
        assertThat(schedule.concurrency()).isEqualTo(BackupConcurrency.REPLACE);
        assertThat(schedule.suspended()).isTrue();
        assertThat(schedule.retention())
                .isEqualTo(new RetentionPolicy(
                        Optional.of(1),
                        Optional.of(2),
                        Optional.of(3),
                        Optional.of(Duration.ofDays(30)),
                        ZoneId.of("Europe/Berlin")));
    }

    @Test
    void keepsAllAndForbidsTwoAtOnceUnlessAsked() {
        var schedule = Schedules.of("schedule: 0 4 * * *");

        assertThat(schedule.concurrency()).isEqualTo(BackupConcurrency.FORBID);
        assertThat(schedule.retention().keepsAll()).isTrue();
        assertThat(schedule.startingDeadline()).isEmpty();
        assertThat(schedule.suspended()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule: 0 4 * *                                   | spec.schedule",
                "schedule: 0 4 31 2 *                                | spec.schedule",
                "schedule: 0 4 * * *, timeZone: Middle/Earth         | spec.timeZone",
                "schedule: 0 4 * * *, jitter: 10                     | spec.jitter",
                "schedule: 0 4 * * *, startingDeadline: 0h           | spec.startingDeadline",
                "schedule: 0 4 * * *, timeout: soon                  | spec.timeout",
                "schedule: 0 4 * * *, retention: {maxAge: 1 month}   | spec.retention.maxAge",
            })
    void namesTheFieldThatIsWrong(String spec, String field) {
        var reading = Schedule.read(Schedules.resource(spec));

        assertThat(reading.schedule()).isEmpty();
        assertThat(reading.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.topic()).isEqualTo(Finding.Topic.SPEC);
            assertThat(finding.reason()).isEqualTo("InvalidSchedule");
            assertThat(finding.message()).startsWith(field + ": ");
        });
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        var reading = Schedule.read(Schedules.resource("schedule: often, timeZone: here, jitter: some"));

        assertThat(reading.findings())
                .extracting(finding -> finding.message().split(":")[0])
                .containsExactly("spec.timeZone", "spec.schedule", "spec.jitter");
    }

    @ParameterizedTest
    @CsvSource({"0 4 * * *, 10m, 600", "*/10 * * * *, 2h, 300", "* * * * *, 1h, 30", "0 0 1 * *, 9000h, 1339200"})
    void spreadsRunsButNeverIntoTheNext(String cron, String jitter, long seconds) {
        var schedule = Schedules.of("schedule: \"%s\", jitter: %s".formatted(cron, jitter));
        var again = Schedules.of("schedule: \"%s\", jitter: %s".formatted(cron, jitter));
        var delays = new HashSet<Duration>();

        var run = schedule.times().next(Instant.parse("2026-01-01T00:00:00Z")).orElseThrow();
        for (int i = 0; i < 300; i++) {
            var delay = Duration.between(run, schedule.begins(run));
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(seconds - 1));
            assertThat(again.begins(run)).isEqualTo(schedule.begins(run));
            delays.add(delay);
            run = schedule.times().next(run).orElseThrow();
        }
        assertThat(delays).hasSizeGreaterThan(25);
    }

    @Test
    void beginsOnTimeWithoutJitter() {
        var run = Instant.parse("2026-01-01T04:00:00Z");

        assertThat(Schedules.of("schedule: 0 4 * * *").begins(run)).isEqualTo(run);
        assertThat(Schedules.of("schedule: 0 4 * * *, jitter: 1s").begins(run)).isEqualTo(run);
    }
}
