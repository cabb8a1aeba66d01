package dev.heddle.core.version;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.heddle.api.cloud.v1alpha1.MaintenanceWindowSpec;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** When changes may begin: times of cron, each open for some time. */
public final class MaintenanceWindow {
    private final ExecutionTime times;
    private final Duration length;
    private final ZoneId zone;

    private MaintenanceWindow(Cron schedule, Duration length, ZoneId zone) {
        this.times = ExecutionTime.forCron(schedule);
        this.length = length;
        this.zone = zone;
    }

    /**
     * @param opens next time that it opens; empty when it is open, or never opens again (30 February)
     */
    public record State(boolean open, Optional<Instant> opens) {}

    /** @throws IllegalArgumentException with a sentence that names the field */
    public static MaintenanceWindow of(MaintenanceWindowSpec spec) {
        return new MaintenanceWindow(schedule(spec.schedule()), length(spec.duration()), zone(spec.timeZone()));
    }

    public State at(Instant now) {
        var here = now.atZone(zone);
        boolean open = times.lastExecution(here)
                .filter(began -> began.plus(length).isAfter(here))
                .isPresent();
        return open || times.isMatch(here)
                ? new State(true, Optional.empty())
                : new State(false, times.nextExecution(here).map(next -> next.toInstant()));
    }

    private static Cron schedule(String text) {
        try {
            var cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text);
            return cron.validate();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "spec.maintenanceWindow.schedule: %s is not cron: %s".formatted(text, wrong.getMessage()), wrong);
        }
    }

    private static Duration length(String text) {
        try {
            return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "spec.maintenanceWindow.duration: %s is not hours and minutes such as 2h.".formatted(text), wrong);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "spec.maintenanceWindow.timeZone: there is no time zone %s.".formatted(name), wrong);
        }
    }
}
