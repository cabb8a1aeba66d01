package dev.heddle.core.backup;

import static java.time.temporal.ChronoUnit.MINUTES;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What schedules mean, without cron and without rules of time zones: somebody looks at the clock on the wall every minute.
 */
final class NaiveTimes {
    /** Schedules and the minutes that they are about. */
    static final Map<String, Predicate<LocalDateTime>> SCHEDULES = new LinkedHashMap<>();

    static {
        SCHEDULES.put("30 2 * * *", time -> time.getHour() == 2 && time.getMinute() == 30);
        SCHEDULES.put("0 */6 * * *", time -> time.getHour() % 6 == 0 && time.getMinute() == 0);
        SCHEDULES.put("15 1,2,13 * * *", time -> List.of(1, 2, 13).contains(time.getHour()) && time.getMinute() == 15);
        SCHEDULES.put(
                "0 4 * * MON-FRI",
                time -> time.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0
                        && time.getHour() == 4
                        && time.getMinute() == 0);
        SCHEDULES.put(
                "45 1 1 * SUN",
                time -> (time.getDayOfMonth() == 1 || time.getDayOfWeek() == DayOfWeek.SUNDAY)
                        && time.getHour() == 1
                        && time.getMinute() == 45);
        SCHEDULES.put("30 * * * *", time -> time.getMinute() == 30);
    }

    private NaiveTimes() {}

    /** After begin, before end; both at a full minute. */
    static List<Instant> between(String cron, ZoneId zone, Instant begin, Instant end) {
        boolean passing = cron.split(" ")[1].equals("*");
        var due = SCHEDULES.get(cron);
        var found = new ArrayList<Instant>();
        // Begins early, because what the wall showed before decides what is new to it.
        var furthest = LocalDateTime.ofInstant(begin.minus(300, MINUTES), zone);
        for (var now = begin.minus(300, MINUTES); now.isBefore(end); now = now.plus(1, MINUTES)) {
            var wall = LocalDateTime.ofInstant(now, zone);
            boolean here = due.test(wall);
            boolean reached = false;
            while (furthest.isBefore(wall)) {
                furthest = furthest.plusMinutes(1);
                reached |= due.test(furthest);
            }
            if (now.isAfter(begin) && (passing ? here : reached)) {
                found.add(now);
            }
        }
        return found;
    }
}
