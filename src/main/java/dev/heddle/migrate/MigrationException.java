package dev.heddle.migrate;

import java.time.Duration;
import java.util.Optional;

/** Why a side did not do what it was asked. */
public sealed class MigrationException extends Exception {
    private MigrationException(String message) {
        super(message, null, false, false);
    }

    /** The key is missing, wrong, or may not do this; trying again is of no use. */
    public static final class Denied extends MigrationException {
        public Denied(String message) {
            super(message);
        }
    }

    /** No connection, or no answer in time; worth another try. */
    public static final class Unreachable extends MigrationException {
        public Unreachable(String message) {
            super(message);
        }
    }

    /** HTTP 429, 502, 503 and 504, RESOURCE_EXHAUSTED, UNAVAILABLE; worth another try, more slowly. */
    public static final class Busy extends MigrationException {
        private final Duration after;

        /** @param after what the server asks to wait; empty where it does not say */
        public Busy(String message, Optional<Duration> after) {
            super(message);
            this.after = after.orElse(Duration.ZERO);
        }

        /** Zero where the server does not say. */
        public Duration after() {
            return after;
        }
    }

    /** The server understood and does not do it; trying again is of no use. */
    public static final class Refused extends MigrationException {
        private final int status;

        /** @param status of HTTP; what comes nearest to it for gRPC */
        public Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** An answer that is not what the API documents. */
    public static final class Malformed extends MigrationException {
        public Malformed(String message) {
            super(message);
        }
    }

    /** Both sides did what they were asked, and it cannot be done: for instance another schema on the target. */
    public static final class Impossible extends MigrationException {
        public Impossible(String message) {
            super(message);
        }
    }

    /** SIGTERM, or the deadline. */
    public static final class Stopped extends MigrationException {
        public Stopped(String message) {
            super(message);
        }
    }

    /** Whether the same may succeed a moment later. */
    public boolean passing() {
        return this instanceof Unreachable || this instanceof Busy;
    }
}
