package dev.heddle.core.backup;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;

/**
 * Times that five fields of cron name in a time zone. The library is asked for times on a clock that never changes; what
 * a change of the clock does is decided here, as cron has always done it:
 *
 * <ul>
 *   <li>A schedule with an hour ({@code 30 2 * * *}) is about the clock on the wall. A time that is left out is run at the
 *       moment of the change, one that comes twice the first time only, and several that fall together once.
 *   <li>A schedule of every hour ({@code 30 * * * *}) is about time that passes: what is left out is left out, and what
 *       comes twice is run twice.
 * </ul>
 */
public final class CronSchedule {
    private static final Map<String, String> WORDS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    /** What the library lets pass beside it: digits of other scripts, {@code |}, line breaks. */
    private static final String FIELDS = "[0-9A-Za-z*/,-]+( +[0-9A-Za-z*/,-]+){4}";

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean everyHour;

    private CronSchedule(Cron cron, ZoneId zone) {
        this.times = ExecutionTime.forCron(cron);
        this.zone = zone;
        this.everyHour =
                cron.retrieve(CronFieldName.HOUR).getExpression().asString().matches("[*](/1)?");
    }

    /**
     * @param field for messages, such as spec.schedule
     * @throws IllegalArgumentException with a sentence that names the field: for what is not cron, and for dates that no
     *     year has
     */
    public static CronSchedule of(String field, String text, ZoneId zone) {
        var schedule = new CronSchedule(parse(field, text), zone);
        if (schedule.times.nextExecution(Instant.EPOCH.atZone(ZoneOffset.UTC)).isEmpty()) {
            throw new IllegalArgumentException("%s: \"%s\" names a day that no year has.".formatted(field, text));
        }
        return schedule;
    }

    /**
     * @param name null for UTC
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static ZoneId zone(String field, String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "%s: there is no time zone \"%s\"; names are those of the IANA, such as Europe/Berlin."
                            .formatted(field, name),
                    unknown);
        }
    }

    private static Cron parse(String field, String text) {
        var fields = text == null ? "" : WORDS.getOrDefault(text, text);
        if (!fields.matches(FIELDS)) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is not five fields of cron (minute, hour, day of month, month, day of week), nor @hourly, @daily, @weekly, @monthly or @yearly."
                            .formatted(field, text));
        }
        try {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
                    .parse(fields)
                    .validate();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is not cron: %s".formatted(field, text, wrong.getMessage()), wrong);
        }
    }

    public ZoneId zone() {
        return zone;
    }

    /** The first time after this one; empty where none is in sight, which ends with the years that the library looks at. */
    public Optional<Instant> next(Instant after) {
        return everyHour ? nextPassing(after) : nextOnTheWall(after);
    }

    /** The last time that is not after this one. */
    public Optional<Instant> latest(Instant until) {
        return everyHour ? latestPassing(until) : latestOnTheWall(until);
    }

    private Optional<Instant> nextOnTheWall(Instant after) {
        var wall = wallNext(LocalDateTime.ofInstant(after, zone));
        // While an hour passes the second time, its times lie in the past.
        while (wall.filter(time -> !instant(time).isAfter(after)).isPresent()) {
            wall = wallNext(wall.get());
        }
        return wall.map(this::instant);
    }

    private Optional<Instant> latestOnTheWall(Instant until) {
        var wall = LocalDateTime.ofInstant(until, zone);
        var change = zone.getRules().getTransition(wall);
        boolean secondTime = change != null && change.isOverlap() && !until.isBefore(change.getInstant());
        return wallLatest(secondTime ? change.getDateTimeBefore().minusNanos(1) : wall)
                .map(this::instant);
    }

    /** When the clock on the wall shows this, for the first time, or leaves it out. */
    private Instant instant(LocalDateTime wall) {
        var change = zone.getRules().getTransition(wall);
        return change != null && change.isGap()
                ? change.getInstant()
                : wall.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private Optional<Instant> nextPassing(Instant after) {
        var rules = zone.getRules();
        var change = Optional.ofNullable(rules.nextTransition(after)).map(ZoneOffsetTransition::getInstant);
        var offset = rules.getOffset(after);
        var next = wallNext(LocalDateTime.ofInstant(after, offset)).map(wall -> wall.toInstant(offset));
        if (change.isEmpty() || next.isEmpty() || next.get().isBefore(change.get())) {
            return next;
        }
        // The moment of the change itself is on the new clock.
        return wallFrom(LocalDateTime.ofInstant(change.get(), zone))
                .map(wall -> wall.toInstant(rules.getOffset(change.get())));
    }

    private Optional<Instant> latestPassing(Instant until) {
        var rules = zone.getRules();
        var change = Optional.ofNullable(rules.previousTransition(until.plusNanos(1)))
                .map(ZoneOffsetTransition::getInstant);
        var offset = rules.getOffset(until);
        var latest = wallLatest(LocalDateTime.ofInstant(until, offset)).map(wall -> wall.toInstant(offset));
        return change.isEmpty() || latest.isEmpty() || !latest.get().isBefore(change.get())
                ? latest
                : latestPassing(change.get().minusNanos(1));
    }

    private Optional<LocalDateTime> wallNext(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private Optional<LocalDateTime> wallFrom(LocalDateTime from) {
        return wallNext(from.minusNanos(1));
    }

    private Optional<LocalDateTime> wallLatest(LocalDateTime until) {
        var beyond = until.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        return times.lastExecution(beyond.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
