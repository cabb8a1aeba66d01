package dev.heddle.weaviate;

/** Why Weaviate gave no usable answer. */
public sealed class WeaviateException extends Exception {
    private WeaviateException(String message) {
        super(message, null, false, false);
    }

    /** No connection or no answer in time. */
    public static final class Unreachable extends WeaviateException {
        public Unreachable(Endpoint endpoint, String why) {
            super(endpoint + ": " + why);
        }
    }

    /** An HTTP status other than 200, or 204 of a deletion. */
    public static final class Refused extends WeaviateException {
        private final int status;

        public Refused(Endpoint endpoint, String path, int status, String body) {
            super("%s%s: HTTP %d %s"
                    .formatted(endpoint, path, status, body.length() > 200 ? body.substring(0, 200) + "…" : body));
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** Status 200, and a body that is not what the API documents. */
    public static final class Malformed extends WeaviateException {
        public Malformed(Endpoint endpoint, String path, String why) {
            super("%s%s: unexpected reply: %s".formatted(endpoint, path, why));
        }
    }
}
