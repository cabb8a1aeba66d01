package dev.heddle.core.version;

import java.util.Collection;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * The version to run.
 *
 * @param version empty when there is none that may run
 * @param reason CamelCase word for programs
 * @param message a sentence for people
 */
public record Resolution(Optional<String> version, Outcome outcome, String reason, String message) {

    /** What it means for the resource. */
    public enum Outcome {
        /** The newest admitted version. */
        RESOLVED,
        /** A later one is known and waits. */
        WAITING,
        /** Only a person can help; what runs stays. */
        REFUSED
    }

    /**
     * @param constraint as the user wrote it
     * @param known versions of catalog and registry, in any order; what is no release is passed over
     * @param current version resolved before, or running; empty when nothing ever ran
     * @param running version that runs; older than current on the way there
     * @param window when a change may begin; empty for now
     * @param hold whether current stays as long as the constraint admits it, unless a window is set
     */
    public record Question(
            String constraint,
            Collection<String> known,
            Optional<String> current,
            Optional<String> running,
            Optional<MaintenanceWindow.State> window,
            boolean hold) {}

    public static Resolution of(Question asked) {
        var parsed = Constraint.parse(asked.constraint());
        if (parsed.isEmpty()) {
            return refused(asked, "InvalidConstraint", "spec.version: %s is no constraint.");
        }
        var constraint = parsed.get();
        // An exact version is the user's own word; whether it exists is the registry's to say.
        var newest = constraint
                .exact()
                .or(() -> asked.known().stream().filter(constraint::admits).max(Constraint.BY_AGE));
        if (newest.isEmpty()) {
            return refused(asked, "NoVersionFits", "spec.version: no known release fits %s.");
        }
        if (asked.current().isEmpty()) {
            return resolved(asked, newest.get());
        }
        return change(asked, constraint, asked.current().get(), newest.get());
    }

    /** Nothing changes while nobody is to act. */
    public static Resolution suspended(Question asked) {
        return new Resolution(
                asked.current(), Outcome.WAITING, "Suspended", "spec.suspend is true: the version stays as it is.");
    }

    private static Resolution change(Question asked, Constraint constraint, String current, String newest) {
        int order = Constraint.BY_AGE.compare(newest, current);
        if (order == 0 || order < 0 && constraint.admits(current)) {
            return resolved(asked, current);
        }
        var running = asked.running().orElse(current);
        if (constraint.exact().isEmpty() && Constraint.BY_AGE.compare(newest, running) < 0) {
            return refused(
                    asked,
                    "DowngradeRefused",
                    "spec.version: %s admits nothing newer than " + newest
                            + "; Weaviate cannot go back to an older version.");
        }
        boolean free = asked.window().map(MaintenanceWindow.State::open).orElse(true);
        boolean held = asked.hold() && asked.window().isEmpty() && constraint.admits(current);
        if (free && !held) {
            return resolved(asked, newest);
        }
        var until = asked.window()
                .map(window -> window.opens()
                        .map(opens -> "until the maintenance window opens at " + opens)
                        .orElse("for a maintenance window, and none ever opens"))
                .orElse("for a maintenance window, because the cluster was adopted; set spec.maintenanceWindow");
        return new Resolution(
                Optional.of(current),
                Outcome.WAITING,
                "WaitingForWindow",
                "%s is kept, %s waits %s.".formatted(current, newest, until));
    }

    private static Resolution resolved(Question asked, String version) {
        return new Resolution(
                Optional.of(version),
                Outcome.RESOLVED,
                "Resolved",
                "%s stands for %s.".formatted(asked.constraint().strip(), version));
    }

    private static Resolution refused(Question asked, String reason, String message) {
        var kept = asked.current()
                .map(version -> " %s is kept.".formatted(version))
                .orElse("");
        return new Resolution(
                asked.current(),
                Outcome.REFUSED,
                reason,
                message.replace("%s", asked.constraint().strip()) + kept);
    }

    /**
     * The next version on the way from one to another: at most one minor at a time, the newest known patch of it.
     * Weaviate is not tested across more than one.
     */
    public static String rung(String from, String to, Collection<String> known) {
        var start = Semver.parse(from);
        var end = Semver.parse(to);
        if (start == null
                || end == null
                || end.getMajor() != start.getMajor()
                || end.getMinor() <= start.getMinor() + 1) {
            return to;
        }
        return known.stream()
                .filter(Constraint::stable)
                .filter(version -> Semver.parse(version).getMajor() == start.getMajor()
                        && Semver.parse(version).getMinor() == start.getMinor() + 1)
                .max(Constraint.BY_AGE)
                .orElse(to);
    }
}
