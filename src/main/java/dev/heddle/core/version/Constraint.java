package dev.heddle.core.version;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Versions that a user admits: one, or a range in the notation of npm. The library is asked for one term at a time: of
 * several next to each other it silently drops those with a tilde or a caret (6.0.0).
 */
public final class Constraint {
    /** Of versions without pre-release; others count as the oldest. */
    public static final Comparator<String> BY_AGE =
            Comparator.comparing(Semver::parse, Comparator.nullsFirst(Comparator.naturalOrder()));

    private static final String HYPHEN = " - ";

    /** One of them has to hold as a whole. */
    private final List<List<RangeList>> alternatives;

    private final Optional<String> exact;

    private Constraint(List<List<RangeList>> alternatives, Optional<String> exact) {
        this.alternatives = alternatives;
        this.exact = exact;
    }

    /** @return empty for what is no constraint */
    public static Optional<Constraint> parse(String text) {
        var alternatives = Stream.of(text.split("[|][|]", -1))
                .map(alternative ->
                        terms(alternative.strip()).map(RangeListFactory::create).toList())
                .toList();
        boolean odd = alternatives.stream()
                .anyMatch(terms -> terms.isEmpty() || terms.stream().anyMatch(Constraint::empty));
        return odd
                ? Optional.empty()
                : Optional.of(new Constraint(
                        alternatives,
                        Optional.ofNullable(Semver.parse(text.strip()))
                                .map(Semver::getVersion)
                                .filter(Constraint::stable)));
    }

    private static Stream<String> terms(String alternative) {
        var tight = alternative.replaceAll("(>=|<=|>|<|=|~|\\^)\\s+", "$1");
        boolean hyphen = tight.contains(HYPHEN) && tight.strip().split("\\s+").length == 3;
        // The library takes nothing for everything.
        return hyphen ? Stream.of(tight) : Stream.of(tight.split("\\s+")).filter(term -> !term.isEmpty());
    }

    private static boolean empty(RangeList ranges) {
        return ranges.get().isEmpty() || ranges.get().stream().anyMatch(List::isEmpty);
    }

    /** The version, when it admits only one and says so: 1.35.2 or v1.35.2. */
    public Optional<String> exact() {
        return exact;
    }

    /** Never a pre-release, nor anything that is not a whole version x.y.z: tags such as latest or 1.35. */
    public boolean admits(String version) {
        if (!stable(version)) {
            return false;
        }
        var parsed = Semver.parse(version);
        return alternatives.stream().anyMatch(terms -> terms.stream().allMatch(term -> term.isSatisfiedBy(parsed)));
    }

    /** Whether this is a released version, as a tag has it: x.y.z without suffix or v. */
    public static boolean stable(String version) {
        return version.matches("(0|[1-9][0-9]{0,4})([.](0|[1-9][0-9]{0,4})){2}");
    }
}
