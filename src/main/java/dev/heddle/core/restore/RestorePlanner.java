package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupSituation.Obstacle;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.common.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to do next about a restore. The process that is asked for it is written down before Weaviate hears of it. Weaviate
 * puts the collections into the schema last, so where the outcome of an attempt is not known, the schema tells: nothing
 * of it there, and it may be begun again.
 */
public final class RestorePlanner {
    public static final int ATTEMPTS = 3;
    /** So long a resource that was deleted may keep people waiting. */
    public static final Duration FAREWELL = Duration.ofMinutes(2);
    /** A node hears of a change of the schema a moment after the coordinator. */
    static final Duration PATIENCE = Duration.ofMinutes(1);
    /** When the schema is being changed Weaviate cannot be stopped, and it takes seconds. */
    private static final String NEARLY_DONE = "FINALIZING";

    private RestorePlanner() {}

    public static RestoreStep next(RestoreSituation seen) {
        if (seen.deletedAt().isPresent()) {
            return leaving(seen);
        }
        return switch (seen.progress().phase()) {
            case PENDING -> seen.progress().underWay() ? asking(seen) : beginning(seen);
            case RESTORING -> running(seen);
            case VERIFYING -> verifying(seen);
            case SUCCEEDED, FAILED -> new RestoreStep.Rest();
        };
    }

    private static RestoreStep beginning(RestoreSituation seen) {
        if (seen.policy().suspended()) {
            return new RestoreStep.Wait("Suspended", "spec.suspend keeps it from beginning.", Mood.STUCK);
        }
        if (seen.progress().attempts() > 0 && seen.overdue()) {
            return late(seen, false);
        }
        if (seen.obstacle().isPresent()) {
            return waiting(seen.obstacle().get());
        }
        return switch (seen.answers().fit()) {
            case FitReport.NotAsked _ -> new RestoreStep.Check();
            case FitReport.Unfit unfit ->
                new RestoreStep.Wait(unfit.reason(), unfit.message(), unfit.person() ? Mood.STUCK : Mood.WAITING);
            case FitReport.Fits fits ->
                coordinator(seen)
                        .<RestoreStep>map(node -> new RestoreStep.Begin(node, fits.fit()))
                        .orElseGet(
                                () -> new RestoreStep.Wait("ClusterNotReady", "No node of it is ready.", Mood.WAITING));
        };
    }

    /** Another one than last time, if there is one. */
    private static Optional<Node> coordinator(RestoreSituation seen) {
        var ready = seen.nodes().stream().filter(Node::ready).toList();
        return Stream.concat(
                        ready.stream().filter(node -> !node.name()
                                .equals(seen.progress().node())),
                        ready.stream())
                .findFirst();
    }

    /** It is written down that it begins; whether Weaviate knows has to be found out. */
    private static RestoreStep asking(RestoreSituation seen) {
        if (seen.overdue()) {
            return late(seen, true);
        }
        return switch (seen.answers().run()) {
            case RunReport.NotAsked _ -> new RestoreStep.Poll();
            case RunReport.Succeeded _ -> new RestoreStep.Accept();
            case RunReport.Going _ -> seen.coordinated() ? new RestoreStep.Accept() : lost(seen);
            case RunReport.Absent _ when !seen.coordinated() -> lost(seen);
            case RunReport.Absent _ -> absent(seen);
            case RunReport.Failed failed -> settled(seen, "RestoreFailed", failed.error());
            case RunReport.Canceled canceled -> canceled(seen, canceled.error());
            case RunReport.Busy busy -> new RestoreStep.Wait("WaitingForRestore", busy.message(), Mood.WAITING);
            case RunReport.Barred barred ->
                new RestoreStep.Wait("StorageRefusesWeaviate", barred.message(), Mood.STUCK);
            case RunReport.Hindered hindered ->
                new RestoreStep.Wait("RestoreNotAccepted", hindered.message(), Mood.WAITING);
            case RunReport.Refused refused -> new RestoreStep.Fail("RestoreRefused", refused.message(), false);
            case RunReport.Unknown unknown ->
                new RestoreStep.Wait("WeaviateUnreachable", unknown.message(), Mood.UNSURE);
        };
    }

    /** Collections that came between the check and now are somebody else's, or the traces of a request that was lost. */
    private static RestoreStep absent(RestoreSituation seen) {
        return switch (seen.answers().presence()) {
            case PresenceReport.Known known
            when known.there().isEmpty() ->
                seen.obstacle().map(RestorePlanner::waiting).orElseGet(RestoreStep.Post::new);
            default -> settled(seen, "RestoreVanished", "Weaviate has never heard of it.");
        };
    }

    private static RestoreStep running(RestoreSituation seen) {
        return switch (seen.answers().run()) {
            case RunReport.NotAsked _ -> new RestoreStep.Poll();
            case RunReport.Succeeded _ -> new RestoreStep.Written();
            case RunReport.Failed failed -> settled(seen, "RestoreFailed", failed.error());
            case RunReport.Canceled canceled -> canceled(seen, canceled.error());
            case RunReport.Absent _ when !seen.coordinated() -> lost(seen);
            case RunReport.Absent _ ->
                settled(seen, "RestoreVanished", "Weaviate does not know of it any more, or speaks of another one.");
            case RunReport.Going _ when !seen.coordinated() -> lost(seen);
            case RunReport.Going going when seen.overdue() && !NEARLY_DONE.equals(going.status()) -> late(seen, true);
            case RunReport.Going going ->
                new RestoreStep.Wait(
                        "RestoreRunning",
                        "Node %s coordinates it; Weaviate says %s."
                                .formatted(seen.progress().node(), going.status()),
                        Mood.WORKING);
            case RunReport.Busy _, RunReport.Barred _, RunReport.Hindered _, RunReport.Refused _, RunReport.Unknown _ ->
                unknown(seen);
        };
    }

    private static RestoreStep unknown(RestoreSituation seen) {
        if (seen.overdue()) {
            return late(seen, true);
        }
        var words = seen.answers().run() instanceof RunReport.Unknown unknown ? unknown.message() : "No usable answer.";
        return new RestoreStep.Wait("WeaviateUnreachable", words, Mood.UNSURE);
    }

    private static RestoreStep lost(RestoreSituation seen) {
        return settled(
                seen,
                "CoordinatorLost",
                "Node %s, which coordinated it, restarted or is gone; Weaviate never ends such a restore."
                        .formatted(seen.progress().node()));
    }

    /** The attempt is over; what is in the schema tells what it has left. */
    private static RestoreStep settled(RestoreSituation seen, String reason, String message) {
        return switch (seen.answers().presence()) {
            case PresenceReport.NotAsked _ -> new RestoreStep.Look();
            case PresenceReport.Unknown _ when seen.overdue() -> late(seen, false);
            case PresenceReport.Unknown unknown ->
                new RestoreStep.Wait(
                        "WeaviateUnreachable",
                        "%s What it has left is not known yet: %s".formatted(message, unknown.message()),
                        Mood.UNSURE);
            case PresenceReport.Known known when known.there().isEmpty() -> again(seen, reason, message);
            case PresenceReport.Known known when known.missing().isEmpty() -> new RestoreStep.Written();
            case PresenceReport.Known known ->
                new RestoreStep.Fail(
                        "PartlyRestored",
                        "%s It is there in part: %s; missing: %s. Nothing was removed. Delete what is there and make another Restore, or make one of what is missing (spec.include)."
                                .formatted(
                                        message,
                                        RestoreFitness.names(known.there()),
                                        RestoreFitness.names(known.missing())),
                        false);
        };
    }

    private static RestoreStep again(RestoreSituation seen, String reason, String message) {
        return seen.progress().attempts() < ATTEMPTS
                ? new RestoreStep.Retry(reason, message)
                : new RestoreStep.Fail(
                        reason,
                        "%s This was the last of %d attempts; nothing of it is in the cluster."
                                .formatted(message, ATTEMPTS),
                        false);
    }

    /** Newer versions do so by themselves when the coordinator is told to end. */
    private static RestoreStep canceled(RestoreSituation seen, String error) {
        if (error.contains("restart") || error.contains("shutting down")) {
            return settled(seen, "RestoreFailed", error);
        }
        return switch (seen.answers().presence()) {
            case PresenceReport.NotAsked _ -> new RestoreStep.Look();
            case PresenceReport.Known known
            when !known.there().isEmpty() -> settled(seen, "RestoreCanceled", "Somebody cancelled it at Weaviate.");
            default -> new RestoreStep.Fail("RestoreCanceled", "Somebody cancelled it at Weaviate. " + error, false);
        };
    }

    private static RestoreStep verifying(RestoreSituation seen) {
        return switch (seen.answers().proof()) {
            case ProofReport.NotAsked _ -> new RestoreStep.Verify();
            case ProofReport.Compared found when found.problems().isEmpty() -> new RestoreStep.Finish(found.notes());
            case ProofReport.Compared found
            when seen.progress().completedAt().orElse(seen.now()).plus(PATIENCE).isAfter(seen.now()) ->
                new RestoreStep.Wait(
                        "VerifyingRestore",
                        "Not everything is seen yet: %s.".formatted(String.join("; ", found.problems())),
                        Mood.WORKING);
            case ProofReport.Compared found ->
                new RestoreStep.Fail(
                        "NotProven",
                        "Weaviate says that it succeeded, and the cluster has not what the backup holds: %s. It is left as it is; do not rely on it."
                                .formatted(String.join("; ", found.problems())),
                        false);
            case ProofReport.Unknown unknown ->
                new RestoreStep.Wait(
                        unknown.reason(),
                        "Weaviate says that it succeeded; it cannot be compared with the backup: " + unknown.message(),
                        unknown.person() ? Mood.STUCK : Mood.UNSURE);
        };
    }

    private static RestoreStep waiting(Obstacle obstacle) {
        return new RestoreStep.Wait(
                obstacle.reason(), obstacle.message(), obstacle.stuck() ? Mood.STUCK : Mood.WAITING);
    }

    private static RestoreStep late(RestoreSituation seen, boolean mayGoOn) {
        var words = "It did not end within %s (spec.timeout)."
                .formatted(Durations.words(seen.policy().timeout()));
        var then = seen.policy().cancels()
                ? " Weaviate was told to stop; nothing of it is in the cluster, unless it was just being finished."
                : " Weaviate before 1.36.0 cannot be told to stop: it may go on, and nobody looks at what comes of it.";
        return new RestoreStep.Fail("TimedOut", mayGoOn ? words + then : words, mayGoOn);
    }

    private static RestoreStep leaving(RestoreSituation seen) {
        if (!seen.progress().underWay()) {
            return gone("");
        }
        if (seen.answers().run() instanceof RunReport.NotAsked) {
            return new RestoreStep.Poll();
        }
        boolean over = seen.answers().run() instanceof RunReport.Absent
                || seen.answers().run() instanceof RunReport.Failed
                || seen.answers().run() instanceof RunReport.Canceled;
        if (over || !seen.coordinated()) {
            return gone("");
        }
        if (seen.answers().run() instanceof RunReport.Succeeded) {
            return gone("It had ended before it could be cancelled: its collections are in the cluster.");
        }
        if (!seen.policy().cancels()) {
            return gone(
                    "Weaviate before 1.36.0 cannot be told to stop a restore: it goes on, and its collections will be in the cluster.");
        }
        if (seen.deletedAt().orElseThrow().plus(FAREWELL).isBefore(seen.now())) {
            return gone(
                    "Weaviate has not confirmed that it stopped: look whether collections of the backup come into the cluster.");
        }
        return seen.answers().canceled()
                ? new RestoreStep.Wait("Canceling", "The resource was deleted; Weaviate is to stop.", Mood.WORKING)
                : new RestoreStep.Cancel();
    }

    private static RestoreStep gone(String left) {
        return new RestoreStep.Release(Optional.of(left).filter(text -> !text.isEmpty()));
    }
}
