package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.BackupLeftover;
import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.common.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do next about a backup. An attempt's id and the process that is asked for it are written down before Weaviate
 * hears of it, and an id never stands for two attempts: so whoever comes after a crash finds what was begun, and begins
 * nothing twice.
 */
public final class BackupPlanner {
    public static final int ATTEMPTS = 3;
    /** So long a resource that was deleted may keep people waiting. */
    public static final Duration FAREWELL = Duration.ofMinutes(2);

    private BackupPlanner() {}

    public static BackupStep next(BackupSituation seen) {
        if (seen.deletedAt().isPresent()) {
            return leaving(seen);
        }
        var leftover = leftover(seen);
        if (leftover.isPresent()) {
            return new BackupStep.CleanUp(leftover.get());
        }
        return switch (seen.progress().phase()) {
            case PENDING -> seen.progress().id().isEmpty() ? beginning(seen) : asking(seen);
            case RUNNING -> running(seen);
            case VERIFYING -> verifying(seen);
            case SUCCEEDED, FAILED -> new BackupStep.Rest();
        };
    }

    private static BackupStep beginning(BackupSituation seen) {
        if (seen.policy().suspended()) {
            return new BackupStep.Wait("Suspended", "spec.suspend keeps it from beginning.", Mood.STUCK);
        }
        if (seen.progress().attempts() > 0 && seen.overdue()) {
            return late(seen, false);
        }
        if (seen.obstacle().isPresent()) {
            return waiting(seen.obstacle().get());
        }
        if (seen.store() instanceof StoreReport.NotAsked) {
            return new BackupStep.Probe();
        }
        if (seen.store() instanceof StoreReport.Trouble trouble) {
            return new BackupStep.Wait(
                    trouble.reason(), trouble.message(), trouble.person() ? Mood.STUCK : Mood.WAITING);
        }
        var id = BackupIds.of(seen.stem(), seen.now());
        if (seen.progress().leftovers().stream().anyMatch(old -> old.id().equals(id))) {
            return new BackupStep.Wait("CleaningUp", "The next attempt gets a name of its own.", Mood.WORKING);
        }
        return coordinator(seen)
                .<BackupStep>map(node -> new BackupStep.Begin(id, node))
                .orElseGet(() -> new BackupStep.Wait("ClusterNotReady", "No node of it is ready.", Mood.WAITING));
    }

    /** Another one than last time, if there is one. */
    private static Optional<Node> coordinator(BackupSituation seen) {
        var ready = seen.nodes().stream().filter(Node::ready).toList();
        return Stream.concat(
                        ready.stream().filter(node -> !node.process()
                                .equals(seen.progress().coordinator())),
                        ready.stream())
                .findFirst();
    }

    /** It is written down that it begins; whether Weaviate knows has to be found out. */
    private static BackupStep asking(BackupSituation seen) {
        if (seen.overdue()) {
            return late(seen, true);
        }
        return switch (seen.run()) {
            case RunReport.NotAsked _ -> new BackupStep.Poll();
            case RunReport.Succeeded _ -> new BackupStep.Accept();
            case RunReport.Going _ -> seen.coordinated() ? new BackupStep.Accept() : lost(seen);
            case RunReport.Absent _ when !seen.coordinated() -> lost(seen);
            case RunReport.Absent _ ->
                seen.obstacle().map(BackupPlanner::waiting).orElseGet(BackupStep.Post::new);
            case RunReport.Failed failed -> again(seen, "BackupFailed", failed.error());
            case RunReport.Canceled canceled -> canceled(seen, canceled.error());
            case RunReport.Busy busy -> new BackupStep.Wait("WaitingForBackup", busy.message(), Mood.WAITING);
            case RunReport.Barred barred -> new BackupStep.Wait("StorageRefusesWeaviate", barred.message(), Mood.STUCK);
            case RunReport.Hindered hindered ->
                new BackupStep.Wait("BackupNotAccepted", hindered.message(), Mood.WAITING);
            case RunReport.Refused refused -> new BackupStep.Fail("BackupRefused", refused.message(), true, false);
            case RunReport.Unknown unknown ->
                new BackupStep.Wait("WeaviateUnreachable", unknown.message(), Mood.UNSURE);
        };
    }

    private static BackupStep running(BackupSituation seen) {
        return switch (seen.run()) {
            case RunReport.NotAsked _ -> new BackupStep.Poll();
            case RunReport.Succeeded _ -> new BackupStep.Written();
            case RunReport.Failed failed -> again(seen, "BackupFailed", failed.error());
            case RunReport.Canceled canceled -> canceled(seen, canceled.error());
            case RunReport.Absent _ ->
                again(
                        seen,
                        "BackupVanished",
                        "Weaviate has never heard of it, so its data was removed from the bucket.");
            case RunReport.Going _ when !seen.coordinated() -> lost(seen);
            case RunReport.Going _ when seen.overdue() -> late(seen, true);
            case RunReport.Going going ->
                new BackupStep.Wait(
                        "BackupRunning",
                        "Node %s coordinates it; Weaviate says %s."
                                .formatted(seen.progress().node(), going.status()),
                        Mood.WORKING);
            case RunReport.Busy _, RunReport.Barred _, RunReport.Hindered _, RunReport.Refused _, RunReport.Unknown _ ->
                unknown(seen);
        };
    }

    private static BackupStep unknown(BackupSituation seen) {
        if (seen.overdue()) {
            return late(seen, true);
        }
        var words = seen.run() instanceof RunReport.Unknown unknown ? unknown.message() : "No usable answer.";
        return new BackupStep.Wait("WeaviateUnreachable", words, Mood.UNSURE);
    }

    private static BackupStep verifying(BackupSituation seen) {
        return switch (seen.store()) {
            case StoreReport.NotAsked _, StoreReport.Reachable _ -> new BackupStep.Verify();
            case StoreReport.Found found
            when found.proof().problems().isEmpty() -> new BackupStep.Finish(found.proof());
            case StoreReport.Found found ->
                notProven(String.join(" ", found.proof().problems()));
            case StoreReport.Nothing _ -> notProven("Nothing lies there.");
            case StoreReport.Unreadable unreadable -> notProven(unreadable.message());
            case StoreReport.Trouble trouble ->
                new BackupStep.Wait(
                        trouble.reason(),
                        "Weaviate says that it succeeded; the bucket cannot be looked into: " + trouble.message(),
                        trouble.person() ? Mood.STUCK : Mood.UNSURE);
        };
    }

    /** What lies there may be of use to somebody who knows what is wrong with it. */
    private static BackupStep notProven(String problems) {
        return new BackupStep.Fail(
                "NotProven",
                "Weaviate says that it succeeded, and what lies in the bucket is no whole backup: %s It is left there; do not rely on it."
                        .formatted(problems),
                false,
                false);
    }

    private static BackupStep waiting(BackupSituation.Obstacle obstacle) {
        return new BackupStep.Wait(obstacle.reason(), obstacle.message(), obstacle.stuck() ? Mood.STUCK : Mood.WAITING);
    }

    private static BackupStep late(BackupSituation seen, boolean cancel) {
        return new BackupStep.Fail(
                "TimedOut",
                "It did not end within %s (spec.timeout)."
                        .formatted(Durations.words(seen.policy().timeout())),
                true,
                cancel);
    }

    private static BackupStep lost(BackupSituation seen) {
        return again(
                seen,
                "CoordinatorLost",
                "Node %s, which coordinated it, restarted or is gone; Weaviate never ends such a backup."
                        .formatted(seen.progress().node()));
    }

    /** Weaviate does so by itself when a node starts with ENABLE_CLEANUP_UNFINISHED_BACKUPS. */
    private static BackupStep canceled(BackupSituation seen, String error) {
        return error.contains("restart")
                ? again(seen, "BackupFailed", error)
                : new BackupStep.Fail("BackupCanceled", "Somebody cancelled it at Weaviate. " + error, true, false);
    }

    private static BackupStep again(BackupSituation seen, String reason, String message) {
        return seen.progress().attempts() < ATTEMPTS
                ? new BackupStep.Retry(reason, message)
                : new BackupStep.Fail(
                        reason, "%s This was the last of %d attempts.".formatted(message, ATTEMPTS), true, false);
    }

    private static BackupStep leaving(BackupSituation seen) {
        var progress = seen.progress();
        boolean late = seen.deletedAt().orElseThrow().plus(FAREWELL).isBefore(seen.now());
        // Also where it is late already: the operator may have been away since, and nobody else cancels and tidies up.
        if (!progress.over() && progress.id().isPresent()) {
            return new BackupStep.Fail("Deleted", "The resource was deleted.", true, progress.underWay());
        }
        if (progress.id().isPresent() && seen.policy().deletesData()) {
            return new BackupStep.Discard();
        }
        var leftover = leftover(seen);
        if (leftover.isPresent()) {
            return new BackupStep.CleanUp(leftover.get());
        }
        return late || progress.leftovers().isEmpty()
                ? new BackupStep.Release(
                        progress.leftovers().stream().map(BackupLeftover::id).toList())
                : new BackupStep.Wait("CleaningUp", "What it left in the bucket is being removed.", Mood.WORKING);
    }

    private static Optional<String> leftover(BackupSituation seen) {
        return seen.progress().leftovers().stream()
                .map(BackupLeftover::id)
                .filter(id -> !seen.swept().contains(id))
                .findFirst();
    }
}
