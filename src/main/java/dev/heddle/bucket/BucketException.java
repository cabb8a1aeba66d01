package dev.heddle.bucket;

/** A bucket could not be read or changed. Messages are for people and hold no keys. */
public abstract sealed class BucketException extends Exception {

    private BucketException(String message) {
        super(message);
    }

    /** Credentials are wrong or missing, or have not the right to do this. */
    public static final class Denied extends BucketException {
        public Denied(String message) {
            super(message);
        }
    }

    /** There is no such bucket. */
    public static final class Missing extends BucketException {
        public Missing(String message) {
            super(message);
        }
    }

    /** Network, time limit, TLS, or the server has trouble of its own: trying again later may help. */
    public static final class Unreachable extends BucketException {
        public Unreachable(String message) {
            super(message);
        }
    }

    /** What lies there was not written by Weaviate, or not to its end. */
    public static final class Malformed extends BucketException {
        public Malformed(String message) {
            super(message);
        }
    }
}
