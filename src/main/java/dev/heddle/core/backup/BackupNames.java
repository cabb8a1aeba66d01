package dev.heddle.core.backup;

import dev.heddle.core.common.Digest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Names of the Backups that a schedule makes. They follow from the run alone, so that whoever makes one a second time,
 * after a crash or as a new leader, finds it there.
 */
public final class BackupNames {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm");

    private BackupNames() {}

    /** @param run the due time, without jitter */
    public static String scheduled(String schedule, Instant run) {
        return schedule + "-" + MINUTE.format(run.atOffset(ZoneOffset.UTC));
    }

    /** @param value of the annotation that asks for it; any text */
    public static String asked(String schedule, String value) {
        return schedule + "-now-" + Digest.hex(value).substring(0, 10);
    }

    /** The run that a name was made of; empty for all other names. */
    public static Optional<Instant> run(String schedule, String name) {
        if (name.length() != schedule.length() + 13 || !name.startsWith(schedule + "-")) {
            return Optional.empty();
        }
        var minute = name.substring(schedule.length() + 1);
        try {
            return minute.matches("[0-9]{12}")
                    ? Optional.of(LocalDateTime.parse(minute, MINUTE).toInstant(ZoneOffset.UTC))
                    : Optional.empty();
        } catch (DateTimeParseException otherwiseNamed) {
            return Optional.empty();
        }
    }
}
