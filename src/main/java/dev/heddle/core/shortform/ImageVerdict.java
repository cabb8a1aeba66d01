package dev.heddle.core.shortform;

/** What is known of the signature of the image that is to run. */
public sealed interface ImageVerdict {

    /** Nobody asked for a signature. */
    record NotAsked() implements ImageVerdict {}

    /** @param digest sha256:… of what was signed */
    record Verified(String digest) implements ImageVerdict {}

    /** Not signed, or not by whom it has to be: only a person can help. @param reason CamelCase word */
    record Refused(String reason, String message) implements ImageVerdict {}

    /** Nobody could tell: asked again soon. */
    record Unknown(String reason, String message) implements ImageVerdict {}
}
