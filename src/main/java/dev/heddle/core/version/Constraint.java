package dev.heddle.core.version;

import java.util.Comparator;
import java.util.Optional;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** Versions that a user admits: one, or a range in the notation of npm. */
public final class Constraint {
    /** Of versions without pre-release; others count as the oldest. */
    public static final Comparator<String> BY_AGE =
            Comparator.comparing(Semver::parse, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final RangeList ranges;
    private final Optional<String> exact;

    private Constraint(RangeList ranges, Optional<String> exact) {
        this.ranges = ranges;
        this.exact = exact;
    }

    /** @return empty for what is no constraint */
    public static Optional<Constraint> parse(String text) {
        var ranges = RangeListFactory.create(text.strip());
        boolean empty = ranges.get().isEmpty() || ranges.get().stream().anyMatch(range -> range.isEmpty());
        return empty
                ? Optional.empty()
                : Optional.of(new Constraint(
                        ranges,
                        Optional.ofNullable(Semver.parse(text.strip()))
                                .map(Semver::getVersion)
                                .filter(Constraint::stable)));
    }

    /** The version, when it admits only one and says so: 1.35.2 or v1.35.2. */
    public Optional<String> exact() {
        return exact;
    }

    /** Never a pre-release, nor anything that is not a whole version x.y.z: tags such as latest or 1.35. */
    public boolean admits(String version) {
        return stable(version) && ranges.isSatisfiedBy(Semver.parse(version));
    }

    /** Whether this is a released version, as a tag has it: x.y.z without suffix or v. */
    public static boolean stable(String version) {
        return version.matches("(0|[1-9][0-9]{0,4})([.](0|[1-9][0-9]{0,4})){2}");
    }
}
