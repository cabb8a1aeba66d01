package dev.heddle.core.backup;

/** What Weaviate says of one attempt. */
public sealed interface RunReport {

    record NotAsked() implements RunReport {}

    /** It has never heard of it. */
    record Absent() implements RunReport {}

    /** As far as anybody knows: the bucket says so for ever of one whose coordinator died. */
    record Going(String status) implements RunReport {}

    record Succeeded() implements RunReport {}

    record Failed(String error) implements RunReport {}

    /** @param error Weaviate's words; a node that restarts cancels with words of its own */
    record Canceled(String error) implements RunReport {}

    /** Not begun, because another one goes on. */
    record Busy(String message) implements RunReport {}

    /** Not begun, because Weaviate cannot write into the bucket. */
    record Barred(String message) implements RunReport {}

    /** Not begun, for a reason that may pass, such as a node that does not see the others yet. */
    record Hindered(String message) implements RunReport {}

    /** Not begun, for a reason that stays. */
    record Refused(String message) implements RunReport {}

    /** No usable answer. */
    record Unknown(String message) implements RunReport {}
}
