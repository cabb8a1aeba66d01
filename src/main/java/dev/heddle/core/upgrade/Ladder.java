package dev.heddle.core.upgrade;

import dev.heddle.core.common.Version;
import java.util.Comparator;
import java.util.List;

/**
 * From the version that runs to the one that is wanted, one minor at a time: Weaviate neither tests nor supports to
 * skip one. On the minors in between the newest known patch is taken; the last rung is what was asked for.
 */
public final class Ladder {
    private Ladder() {}

    /** What comes next. */
    public sealed interface Rung {

        /** The wanted version runs. */
        record Arrived() implements Rung {}

        record To(String version) implements Rung {}

        /** @param reason CamelCase */
        record Refused(String reason, String words) implements Rung {}
    }

    /** @param releases versions that are known, in any order */
    public static Rung next(String running, String wanted, List<String> releases) {
        var from = Version.parse(running);
        var to = Version.parse(wanted);
        if (running.equals(wanted)) {
            return new Rung.Arrived();
        }
        if (from.isEmpty() || to.isEmpty()) {
            return refused(
                    "UpgradePathUnknown",
                    "There is no way from %s to %s: both have to be x.y.z.".formatted(running, wanted),
                    running,
                    wanted);
        }
        return next(from.get(), to.get(), releases);
    }

    private static Rung next(Version from, Version to, List<String> releases) {
        if (from.sameMinor(to)) {
            return new Rung.To(to.toString());
        }
        if (to.compareTo(from) < 0) {
            return refused(
                    "DowngradeRefused",
                    "Data that %s has written may be unreadable for an older minor. Restore a backup into a cluster of %s instead."
                            .formatted(from, to),
                    from,
                    to);
        }
        if (from.major() != to.major()) {
            return refused(
                    "UpgradePathUnknown", "Another major version is more than an upgrade of this cluster.", from, to);
        }
        if (to.minor() == from.minor() + 1) {
            return new Rung.To(to.toString());
        }
        int minor = from.minor() + 1;
        return releases.stream()
                .flatMap(release -> Version.parse(release).stream())
                .filter(release -> release.major() == from.major() && release.minor() == minor)
                .max(Comparator.naturalOrder())
                .<Rung>map(release -> new Rung.To(release.toString()))
                .orElseGet(() -> refused(
                        "UpgradePathUnknown",
                        "Minors cannot be skipped, and the catalog knows no release of %d.%d. Add one to the catalog's ConfigMap."
                                .formatted(from.major(), minor),
                        from,
                        to));
    }

    private static Rung refused(String reason, String why, Object running, Object wanted) {
        return new Rung.Refused(
                reason,
                "spec.version is %s, %s runs and is kept. %s Else set spec.version back to %s."
                        .formatted(wanted, running, why, running));
    }
}
