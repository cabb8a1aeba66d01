package dev.heddle.core.common;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A released version of Weaviate: x.y.z, without anything before or after. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,6})");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    /** Empty for null and for anything of another form, such as a pre-release. */
    public static Optional<Version> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        var match = FORM.matcher(text);
        return match.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(match.group(1)),
                        Integer.parseInt(match.group(2)),
                        Integer.parseInt(match.group(3))))
                : Optional.empty();
    }

    public boolean sameMinor(Version other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%d.%d.%d".formatted(major, minor, patch);
    }
}
