package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
    private static final String FIELD = "spec.schedule";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 2026-01-01 is a Thursday.
                "0 4 * * *      | UTC                 | 2026-01-01T00:30:00Z | 2026-01-01T04:00:00Z",
                "0 4 * * *      | UTC                 | 2026-01-01T04:00:00Z | 2026-01-02T04:00:00Z",
                "0 4 * * *      | UTC                 | 2026-01-01T03:59:59.999Z | 2026-01-01T04:00:00Z",
                "@daily         | America/New_York    | 2026-01-01T00:00:00Z | 2026-01-01T05:00:00Z",
                "@hourly        | UTC                 | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z",
                "@weekly        | UTC                 | 2026-01-01T00:00:00Z | 2026-01-04T00:00:00Z",
                "@monthly       | UTC                 | 2026-01-01T00:00:00Z | 2026-02-01T00:00:00Z",
                "@yearly        | UTC                 | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z",
                "0 4 * * 7      | UTC                 | 2026-01-01T00:00:00Z | 2026-01-04T04:00:00Z",
                "0 4 * * sun    | UTC                 | 2026-01-01T00:00:00Z | 2026-01-04T04:00:00Z",
                // Either of the two days, as in every cron.
                "0 4 2 * MON    | UTC                 | 2026-01-01T00:00:00Z | 2026-01-02T04:00:00Z",
                "0 4 2 * MON    | UTC                 | 2026-01-02T04:00:00Z | 2026-01-05T04:00:00Z",
                "0 4 29 2 *     | UTC                 | 2026-01-01T00:00:00Z | 2028-02-29T04:00:00Z",
                "*/7 * * * *    | UTC                 | 2026-01-01T00:56:00Z | 2026-01-01T01:00:00Z",
                // Berlin 2026-03-29: 02:00 becomes 03:00 at 01:00Z.
                "30 2 * * *     | Europe/Berlin       | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z",
                "30 2 * * *     | Europe/Berlin       | 2026-03-29T01:00:00Z | 2026-03-30T00:30:00Z",
                "0,30 2,3 * * * | Europe/Berlin       | 2026-03-29T01:00:00Z | 2026-03-29T01:30:00Z",
                "30 * * * *     | Europe/Berlin       | 2026-03-29T00:30:00Z | 2026-03-29T01:30:00Z",
                "0 * * * *      | Europe/Berlin       | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z",
                // Berlin 2026-10-25: 03:00 becomes 02:00 at 01:00Z.
                "30 2 * * *     | Europe/Berlin       | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
                "30 2 * * *     | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z",
                "30 2 * * *     | Europe/Berlin       | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z",
                "30 * * * *     | Europe/Berlin       | 2026-10-25T00:30:00Z | 2026-10-25T01:30:00Z",
                // Lord Howe Island moves by half an hour: 2026-10-04 02:00 becomes 02:30 at 2026-10-03T15:30Z.
                "15 2 * * *     | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z",
                "45 2 * * *     | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:45:00Z",
                // And back: 2026-04-05 02:00 becomes 01:30 at 2026-04-04T15:00Z.
                "45 1 * * *     | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z",
                "45 1 * * *     | Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-05T15:15:00Z",
                "45 * * * *     | Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-04T15:15:00Z",
            })
    void findsTheNext(String text, String zone, Instant after, Instant next) {
        var schedule = CronSchedule.of(FIELD, text, ZoneId.of(zone));

        assertThat(schedule.next(after)).contains(next);
        assertThat(schedule.latest(next)).contains(next);
        assertThat(schedule.latest(next.minusNanos(1)).orElseThrow()).isBeforeOrEqualTo(after);
    }

    static List<List<Object>> everyChange() {
        var cases = new ArrayList<List<Object>>();
        for (var zone :
                List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC")) {
            var year = Instant.parse("2026-01-01T00:00:00Z");
            var changes = ZoneId.of(zone).getRules().isFixedOffset()
                    ? List.of(year)
                    : List.of(
                            ZoneId.of(zone).getRules().nextTransition(year).getInstant(),
                            ZoneId.of(zone)
                                    .getRules()
                                    .previousTransition(year.plus(365, ChronoUnit.DAYS))
                                    .getInstant());
            changes.forEach(
                    change -> NaiveTimes.SCHEDULES.keySet().forEach(cron -> cases.add(List.of(zone, change, cron))));
        }
        return cases;
    }

    /** Two days around each change of the clock, minute by minute, against a definition that knows no shortcuts. */
    @ParameterizedTest
    @MethodSource("everyChange")
    void agreesWithTheNaiveDefinition(List<Object> given) {
        var zone = ZoneId.of((String) given.get(0));
        var begin = ((Instant) given.get(1)).minus(1, ChronoUnit.DAYS);
        var end = begin.plus(2, ChronoUnit.DAYS);
        var cron = (String) given.get(2);
        var schedule = CronSchedule.of(FIELD, cron, zone);

        var found = new ArrayList<Instant>();
        for (var next = schedule.next(begin); next.filter(end::isAfter).isPresent(); next = schedule.next(next.get())) {
            found.add(next.get());
        }
        var expected = NaiveTimes.between(cron, zone, begin, end);

        assertThat(found).isEqualTo(expected);
        for (var minute = begin; minute.isBefore(end); minute = minute.plus(1, ChronoUnit.MINUTES)) {
            var until = minute;
            var latest = expected.stream().filter(time -> !time.isAfter(until)).reduce((one, later) -> later);
            latest.ifPresent(time ->
                    assertThat(schedule.latest(until)).as("latest at " + until).contains(time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 4 * * *",
                "a b c d e",
                "0-99 * * * *",
                "",
                " ",
                "* * * *",
                "60 * * * *",
                "0 24 * * *",
                "0 0 0 * *",
                "0 0 32 * *",
                "0 0 * 0 *",
                "0 0 * 13 *",
                "0 0 * * 8",
                "0 0 L * *",
                "0 0 15W * *",
                "0 0 LW * *",
                "0 0 * * 5#2",
                "0 0 * * 5L",
                "0 0 ? * *",
                "*/0 * * * *",
                "*/99 * * * *",
                "30-10 * * * *",
                "0 22-2 * * *",
                "0 4 * * FRI-MON",
                "-1 * * * *",
                "1.5 * * * *",
                "*/-5 * * * *",
                "1,,2 * * * *",
                "1- * * * *",
                "0 4 * * MONDAY",
                "0 4 H * *",
                "99999999999 * * * *",
                "0|5 * * * *",
                "٣ 4 * * *",
                "0 4 * * *\n",
                " 0 4 * * *",
                "0\t4 * * *",
                "0 4 * * * 2030",
                "@every 5m",
                "@reboot",
                "@Daily",
                "daily",
                "0 4 30 2 *",
                "0 4 31 4,6,9,11 *",
                "TZ=UTC 0 4 * * *",
                "0 0 4 * * ? 2030"
            })
    void refusesWhatIsNotCronAndNamesTheField(String text) {
        assertThatThrownBy(() -> CronSchedule.of(FIELD, text, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.schedule: \"" + text + "\"");
    }

    @Test
    void saysWhichValueIsWrong() {
        assertThatThrownBy(() -> CronSchedule.of(FIELD, "60 * * * *", ZoneOffset.UTC))
                .hasMessageContaining("60")
                .hasMessageContaining("59");
        assertThatThrownBy(() -> CronSchedule.of(FIELD, "0 4 30 2 *", ZoneOffset.UTC))
                .hasMessageContaining("a day that no year has");
        assertThatThrownBy(() -> CronSchedule.of(FIELD, null, ZoneOffset.UTC)).hasMessageStartingWith(FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Middle/Earth", "europe/berlin", "Local", "", "+25:00", "CEST", "Europe/Berlin "})
    void refusesZonesThatAreNone(String name) {
        assertThatThrownBy(() -> CronSchedule.zone("spec.timeZone", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spec.timeZone: there is no time zone \"" + name + "\"");
    }

    @Test
    void takesUtcWhereNoZoneIsNamed() {
        assertThat(CronSchedule.zone("spec.timeZone", null)).isEqualTo(ZoneOffset.UTC);
    }
}
