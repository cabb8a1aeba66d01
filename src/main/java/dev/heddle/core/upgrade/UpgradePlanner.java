package dev.heddle.core.upgrade;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.upgrade.Ladder.Rung;
import dev.heddle.core.upgrade.Upgrade.BackupState;
import dev.heddle.core.upgrade.UpgradeStep.BackUp;
import dev.heddle.core.upgrade.UpgradeStep.Change;
import dev.heddle.core.upgrade.UpgradeStep.Halt;
import dev.heddle.core.upgrade.UpgradeStep.None;
import dev.heddle.core.upgrade.UpgradeStep.Refuse;
import dev.heddle.core.upgrade.UpgradeStep.Roll;
import dev.heddle.core.upgrade.UpgradeStep.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Climbs the {@link Ladder}: each rung is a step that is carried through, or taken back where that is safe, or stopped.
 * What is decided is written down first and done in a later reconcile, so a crash at any point repeats nothing.
 */
public final class UpgradePlanner {
    /** Weaviate gives no answer while a node comes up or goes; what decides about the way back is asked again. */
    private static final Duration SECOND_THOUGHT = Duration.ofMinutes(1);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Upgrade seen;
    private final Instant now;

    private UpgradePlanner(Upgrade seen, Instant now) {
        this.seen = seen;
        this.now = now;
    }

    public static UpgradeStep next(Upgrade seen, Instant now) {
        var planner = new UpgradePlanner(seen, now);
        if (seen.notes().isEmpty()) {
            return planner.idle();
        }
        var notes = seen.notes().get();
        return switch (notes.stage()) {
            case BACKINGUP -> planner.backingUp(notes);
            case ROLLING -> planner.rolling(notes);
            case ROLLINGBACK -> planner.rollingBack(notes);
            case ROLLEDBACK -> planner.rolledBack(notes);
            case STOPPED -> planner.stopped(notes);
        };
    }

    private UpgradeStep idle() {
        return switch (Ladder.next(seen.running(), seen.wanted(), seen.releases())) {
            case Rung.Arrived _ -> new None();
            case Rung.Refused refused -> new Refuse(refused.reason(), refused.words());
            case Rung.To rung -> begin(rung.version());
        };
    }

    private UpgradeStep begin(String to) {
        boolean backup = seen.policy().backupFirst();
        if (backup && seen.backup() instanceof BackupState.Impossible impossible) {
            return new Refuse(
                    "BackupFirstImpossible",
                    "spec.version is %s, %s runs and is kept: upgrade.backupFirst asks for a backup, and %s"
                            .formatted(seen.wanted(), seen.running(), impossible.why()));
        }
        var step = UpgradeNotes.begin(seen, to, Optional.<String>empty(), now);
        // A version that nobody can start may be left without its consent.
        boolean broken = seen.dark() && seen.hopeless().isPresent() && UpgradeNotes.sameMinor(step);
        var obstacle = seen.busy().or(() -> broken ? Optional.empty() : pending());
        if (obstacle.isPresent()) {
            return new Wait(
                    "From %s to %s as soon as it is possible: %s.".formatted(seen.running(), to, obstacle.get()));
        }
        if (backup && !broken) {
            var id = "heddle-before-%s-%s".formatted(to.replace('.', '-'), STAMP.format(now));
            return new Change(
                    Optional.of(UpgradeNotes.begin(seen, to, Optional.of(id), now)),
                    "From %s to %s: backup %s is taken first.".formatted(seen.running(), to, id));
        }
        return new Change(Optional.of(step), "From %s to %s.".formatted(seen.running(), to));
    }

    private Optional<String> pending() {
        return seen.unready()
                .or(() -> seen.rollout().outdated().isEmpty()
                        ? Optional.empty()
                        : Optional.of("a changed configuration is still being rolled out"));
    }

    private UpgradeStep backingUp(UpgradeStatus notes) {
        if (abandoned(notes)) {
            return new Change(Optional.empty(), "spec.version is %s now.".formatted(seen.wanted()));
        }
        var late = UpgradeNotes.since(notes, now).plus(seen.policy().timeout()).isBefore(now);
        return switch (seen.backup()) {
            case BackupState.Done _ ->
                new Change(
                        Optional.of(UpgradeNotes.stage(notes, UpgradeStage.ROLLING, null, now)),
                        "From %s to %s: backup %s is there.".formatted(notes.from(), notes.to(), notes.backup()));
            case BackupState.Failed failed -> withoutBackup(notes, failed.why());
            case BackupState.Impossible impossible -> withoutBackup(notes, impossible.why());
            case BackupState.None _, BackupState.Going _ ->
                late
                        ? withoutBackup(notes, "it was not there within upgrade.timeout.")
                        : new BackUp(
                                notes.backup(),
                                "From %s to %s: backup %s is being taken."
                                        .formatted(notes.from(), notes.to(), notes.backup()));
        };
    }

    private UpgradeStep withoutBackup(UpgradeStatus notes, String why) {
        var words = "the backup %s before it failed: %s".formatted(notes.backup(), why);
        return new Change(
                Optional.of(UpgradeNotes.stage(notes, UpgradeStage.ROLLEDBACK, words, now)),
                "No upgrade to %s: %s".formatted(notes.to(), words));
    }

    private UpgradeStep rolling(UpgradeStatus notes) {
        if (seen.leader() == Upgrade.Leader.NEW_VERSION && !Boolean.TRUE.equals(notes.led())) {
            return new Change(
                    Optional.of(UpgradeNotes.led(notes)),
                    "%s; a node of %s leads Raft.".formatted(seen.rollout().progress(), notes.to()));
        }
        if (complete()) {
            return new Change(Optional.empty(), "%s runs on all nodes.".formatted(notes.to()));
        }
        if (abandoned(notes) && revert(notes) == Revert.SAFE) {
            return back(UpgradeNotes.unwanted(notes), "spec.version is %s now".formatted(seen.wanted()));
        }
        var failure = failure(notes);
        if (failure.isEmpty()) {
            return new Roll(false);
        }
        if (!seen.policy().rollback()) {
            return stop(notes, failure.get() + " upgrade.rollback is off.");
        }
        return switch (revert(notes)) {
            case SAFE -> back(notes, failure.get());
            case UNSAFE -> stop(notes, failure.get());
            case UNKNOWN ->
                seen.deadline(UpgradeNotes.since(notes, now))
                                .plus(SECOND_THOUGHT)
                                .isAfter(now)
                        ? new Roll(false)
                        : stop(notes, failure.get());
        };
    }

    private Optional<String> failure(UpgradeStatus notes) {
        if (seen.hopeless().isPresent()) {
            return seen.hopeless();
        }
        boolean late = !seen.rollout().manual()
                && !seen.serving()
                && seen.deadline(UpgradeNotes.since(notes, now)).isBefore(now);
        return late
                ? Optional.of("not done within upgrade.timeout (%d min): %s."
                        .formatted(
                                seen.policy().timeout().toMinutes(),
                                seen.unready().orElse("")))
                : Optional.empty();
    }

    private UpgradeStep back(UpgradeStatus notes, String why) {
        return new Change(
                Optional.of(UpgradeNotes.stage(notes, UpgradeStage.ROLLINGBACK, why, now)),
                "Back from %s to %s: %s".formatted(notes.to(), notes.from(), why));
    }

    private UpgradeStep stop(UpgradeStatus notes, String why) {
        return new Change(
                Optional.of(UpgradeNotes.stage(notes, UpgradeStage.STOPPED, why, now)),
                "The upgrade from %s to %s has stopped: %s".formatted(notes.from(), notes.to(), why));
    }

    private UpgradeStep rollingBack(UpgradeStatus notes) {
        if (!complete()) {
            return new Roll(true);
        }
        return notes.wanted() == null || abandoned(notes)
                ? new Change(Optional.empty(), "%s runs on all nodes again.".formatted(notes.from()))
                : new Change(
                        Optional.of(UpgradeNotes.stage(notes, UpgradeStage.ROLLEDBACK, notes.message(), now)),
                        "%s runs on all nodes again.".formatted(notes.from()));
    }

    private UpgradeStep rolledBack(UpgradeStatus notes) {
        if (!seen.wanted().equals(notes.wanted())) {
            return new Change(Optional.empty(), "spec.version is %s now.".formatted(seen.wanted()));
        }
        return new Refuse(
                "UpgradeFailed",
                "The upgrade from %s to %s failed, and %s runs: %s When the cause is gone, set spec.version to %s, and then to %s again."
                        .formatted(
                                notes.from(),
                                notes.to(),
                                notes.from(),
                                sentence(notes.message()),
                                notes.from(),
                                seen.wanted()));
    }

    private UpgradeStep stopped(UpgradeStatus notes) {
        if (complete()) {
            return new Change(Optional.empty(), "%s runs on all nodes.".formatted(notes.to()));
        }
        if (seen.serving() && seen.applied()) {
            return new Change(
                    Optional.of(UpgradeNotes.stage(notes, UpgradeStage.ROLLING, null, now)),
                    "From %s to %s: all pods serve again, it goes on.".formatted(notes.from(), notes.to()));
        }
        var revert = revert(notes);
        if (abandoned(notes) && revert == Revert.SAFE) {
            return back(UpgradeNotes.unwanted(notes), "spec.version is %s now".formatted(seen.wanted()));
        }
        return mended(notes)
                .<UpgradeStep>map(to -> new Change(
                        Optional.of(UpgradeNotes.instead(notes, to, seen.wanted(), now)),
                        "From %s to %s, because the upgrade to %s has stopped."
                                .formatted(notes.from(), to, notes.to())))
                .orElseGet(() -> new Halt("UpgradeStopped", advice(notes, revert)));
    }

    /** A later patch of the same minor reads what the stopped one wrote, and may be free of its fault. */
    private Optional<String> mended(UpgradeStatus notes) {
        return Ladder.next(notes.from(), seen.wanted(), seen.releases()) instanceof Rung.To rung
                        && UpgradeNotes.earlierPatch(notes, rung.version())
                ? Optional.of(rung.version())
                : Optional.empty();
    }

    private String advice(UpgradeStatus notes, Revert revert) {
        var backup = notes.backup() == null
                ? "a backup taken before the upgrade, if there is one"
                : "backup " + notes.backup();
        var way = revert == Revert.SAFE
                ? "set spec.version to %s to go back".formatted(notes.from())
                : "going back to %s is not safe, because a node of %s may have led Raft: set spec.version to a later patch of the same minor, or restore %s into a cluster of %s"
                        .formatted(notes.from(), notes.to(), backup, notes.from());
        return "The upgrade from %s to %s has stopped: %s It goes on by itself once all pods serve; else %s."
                .formatted(notes.from(), notes.to(), sentence(notes.message()), way);
    }

    /** Whether the spec asks for something that this step does not lead to. */
    private boolean abandoned(UpgradeStatus notes) {
        return !seen.wanted().equals(notes.wanted())
                && !Ladder.next(notes.from(), seen.wanted(), seen.releases()).equals(new Rung.To(notes.to()));
    }

    private boolean complete() {
        return seen.applied() && seen.rollout().outdated().isEmpty() && seen.serving();
    }

    private enum Revert {
        SAFE,
        UNSAFE,
        UNKNOWN
    }

    /** Across a minor, only what no leader has written can be read by the former version (weaviate.md §3). */
    private Revert revert(UpgradeStatus notes) {
        if (UpgradeNotes.sameMinor(notes)) {
            return Revert.SAFE;
        }
        if (Boolean.TRUE.equals(notes.led())) {
            return Revert.UNSAFE;
        }
        boolean ran = seen.rollout().pods().stream().anyMatch(Rollout.Member::stepped);
        return switch (seen.leader()) {
            case NEW_VERSION -> Revert.UNSAFE;
            case FORMER_VERSION -> Revert.SAFE;
            case UNKNOWN -> seen.applied() && !ran ? Revert.SAFE : Revert.UNKNOWN;
        };
    }

    private static String sentence(String words) {
        return words == null ? "" : words.endsWith(".") ? words : words + ".";
    }
}
