package dev.heddle.cosign;

/** Why a signature does not count; the message goes on after "the signature". */
final class Untrusted extends Exception {
    Untrusted(String why) {
        super(why);
    }
}
