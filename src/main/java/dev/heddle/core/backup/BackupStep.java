package dev.heddle.core.backup;

import java.util.List;

/** The one thing to do next about a backup. */
public sealed interface BackupStep {

    /** What the status says while nothing is to be done but to look again. */
    enum Mood {
        /** It has its turn later. */
        WAITING,
        /** Work goes on. */
        WORKING,
        /** Only a person can help. */
        STUCK,
        /** Nobody can tell how it stands. */
        UNSURE
    }

    record Wait(String reason, String message, Mood mood) implements BackupStep {}

    /** A question: what Weaviate says of the attempt. */
    record Poll() implements BackupStep {}

    /** A question: whether the bucket can be read. */
    record Probe() implements BackupStep {}

    /** A question: what lies in the bucket. */
    record Verify() implements BackupStep {}

    /** To be written down before Weaviate hears of it. */
    record Begin(String id, BackupSituation.Node node) implements BackupStep {}

    /** Weaviate is asked for it; the answer is a {@link RunReport}. */
    record Post() implements BackupStep {}

    /** Weaviate has begun it. */
    record Accept() implements BackupStep {}

    /** Weaviate has written everything, as it says. */
    record Written() implements BackupStep {}

    /** The attempt is over and worth nothing; there is to be another one. */
    record Retry(String reason, String message) implements BackupStep {}

    record Finish(BackupProof proof) implements BackupStep {}

    /** For good. @param cleanUp whether what lies in the bucket is worth nothing @param cancel whether it may go on */
    record Fail(String reason, String message, boolean cleanUp, boolean cancel) implements BackupStep {}

    /** What lies under this id is removed, as often as something is found there. */
    record CleanUp(String id) implements BackupStep {}

    /** A proven backup is given up, because its resource goes. */
    record Discard() implements BackupStep {}

    /** The resource may go. @param left ids of what could not be removed in time */
    record Release(List<String> left) implements BackupStep {}

    /** It is over. */
    record Rest() implements BackupStep {}
}
