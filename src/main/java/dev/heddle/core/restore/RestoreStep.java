package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.BackupStep.Mood;
import java.util.List;
import java.util.Optional;

/** The one thing to do next about a restore. */
public sealed interface RestoreStep {

    record Wait(String reason, String message, Mood mood) implements RestoreStep {}

    /** A question: whether the backup fits the cluster. */
    record Check() implements RestoreStep {}

    /** A question: what Weaviate says of the attempt. */
    record Poll() implements RestoreStep {}

    /** A question: which of the collections are there. */
    record Look() implements RestoreStep {}

    /** A question: whether everything has arrived. */
    record Verify() implements RestoreStep {}

    /** To be written down before Weaviate hears of it. */
    record Begin(Node node, RestoreFit fit) implements RestoreStep {}

    /** Weaviate is asked for it; the answer is a {@link dev.heddle.core.backup.RunReport}. */
    record Post() implements RestoreStep {}

    /** Weaviate has begun it. */
    record Accept() implements RestoreStep {}

    /** Weaviate has restored everything, as it says. */
    record Written() implements RestoreStep {}

    /** Weaviate is told to end it. */
    record Cancel() implements RestoreStep {}

    /** The attempt is over, and nothing of it is in the schema; there is to be another one. */
    record Retry(String reason, String message) implements RestoreStep {}

    /** @param notes what people should know all the same */
    record Finish(List<String> notes) implements RestoreStep {}

    /** For good. @param cancel whether it may go on */
    record Fail(String reason, String message, boolean cancel) implements RestoreStep {}

    /** The resource may go. @param left what goes on, or is left, without it */
    record Release(Optional<String> left) implements RestoreStep {}

    /** It is over. */
    record Rest() implements RestoreStep {}
}
