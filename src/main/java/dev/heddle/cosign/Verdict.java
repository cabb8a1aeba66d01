package dev.heddle.cosign;

/** Whether an image is signed by whom it has to be. */
public sealed interface Verdict {

    record Good() implements Verdict {}

    /** There is no signature at all. */
    record Unsigned() implements Verdict {}

    /** There are signatures, and none counts. @param why of the first ones, in words */
    record Wrong(String why) implements Verdict {}
}
