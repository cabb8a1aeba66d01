package dev.heddle.dependent;

/** What went wrong, for a status. */
public final class Problem {
    /** Messages of the Kubernetes client may hold a whole object. */
    private static final int MAX_WORDS = 256;

    private Problem() {}

    /** Type and message of the first cause. */
    public static String words(Exception problem) {
        var root = problem;
        while (root.getCause() instanceof Exception cause) {
            root = cause;
        }
        var message = String.valueOf(root.getMessage());
        return root.getClass().getSimpleName() + ": " + message.substring(0, Math.min(message.length(), MAX_WORDS));
    }
}
