package dev.heddle.core.migrationjob;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** A time as RFC 3339 has it, or with the day first: 22-02-2024T02:00:00Z. */
final class StartTime {
    private static final Pattern DAY_FIRST = Pattern.compile("([0-9]{2})-([0-9]{2})-([0-9]{4})(T.*)");

    private StartTime() {}

    /** Empty for what is no time, also for a day that does not exist. */
    static Optional<Instant> parse(String text) {
        var dayFirst = DAY_FIRST.matcher(text);
        var iso = dayFirst.matches()
                ? "%s-%s-%s%s".formatted(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1), dayFirst.group(4))
                : text;
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }
}
