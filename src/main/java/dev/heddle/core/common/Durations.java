package dev.heddle.core.common;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lengths of time as they stand in a spec: 30d, 2h30m, 90s. */
public final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,4})d)?(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?");

    private Durations() {}

    /** @return empty for what is no length of time, and for none: 0h, 2 hours, 90, 1h1d, nothing at all */
    public static Optional<Duration> parse(String text) {
        return Optional.ofNullable(text)
                .map(FORM::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> Duration.ofDays(number(matcher, 1))
                        .plusHours(number(matcher, 2))
                        .plusMinutes(number(matcher, 3))
                        .plusSeconds(number(matcher, 4)))
                .filter(Duration::isPositive);
    }

    /** Such as 1h4m10s; without what is below a second. */
    public static String words(Duration time) {
        var words = "%s%s%s"
                .formatted(
                        time.toHours() > 0 ? time.toHours() + "h" : "",
                        time.toMinutesPart() > 0 ? time.toMinutesPart() + "m" : "",
                        time.toSecondsPart() > 0 ? time.toSecondsPart() + "s" : "");
        return words.isEmpty() ? "0s" : words;
    }

    private static long number(MatchResult parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
