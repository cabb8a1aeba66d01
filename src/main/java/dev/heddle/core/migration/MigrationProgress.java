package dev.heddle.core.migration;

import java.util.List;

/**
 * How far a migration is; the JSON that the command writes for the controller.
 *
 * @param updated seconds since 1970
 * @param collections that are copied
 * @param tenants that are copied
 * @param objects numbers of objects
 * @param objectsPerSecond of the last half minute
 * @param secondsLeft of the phase; -1 where nobody knows
 * @param differences between the sides, as far as was found
 * @param outcome absent (null) while it goes on
 * @param message for people, one line
 * @param freezeWanted whether the source should take no writes now, by {@link MigrationPlan#freezeSource}: who can,
 *     sets its OPERATIONAL_MODE to ReadOnly, and gives it back when this is false again or the command has ended. The
 *     command waits two minutes for it and fails if nobody does.
 */
public record MigrationProgress(
        String id,
        MigrationPhase phase,
        long updated,
        int collections,
        int tenants,
        Objects objects,
        double objectsPerSecond,
        long secondsLeft,
        Differences differences,
        Outcome outcome,
        String message,
        boolean freezeWanted) {

    /**
     * @param total on the source when it began
     * @param done of them, in this phase
     * @param written to the target, over all attempts, resent ones included
     * @param resent written although they were there already
     * @param kept on the target as they were before, by {@link MigrationPlan.OnConflict#SKIP}
     */
    public record Objects(long total, long done, long written, long resent, long kept, long bytes) {}

    /** @param first some of them in words */
    public record Differences(long count, List<String> first) {
        public static final Differences NONE = new Differences(0, List.of());

        public Differences {
            first = first == null ? List.of() : List.copyOf(first);
        }
    }

    /** The command's exit code follows from it. */
    public enum Outcome {
        /** Done, and both sides are equal. */
        EQUAL(0),
        /** Another attempt would fail in the same way. */
        FAILED(1),
        /** Done, and the sides differ. */
        DIFFERENT(3),
        /** The deadline passed. */
        TIMED_OUT(4),
        /** A side, or Kubernetes, did not answer for minutes; another attempt may succeed. */
        UNREACHABLE(5);

        /** For a command line that makes no sense; there is no progress then. */
        public static final int USAGE = 2;

        /** Told to end (SIGTERM) before there was an outcome; another attempt goes on. */
        public static final int STOPPED = 143;

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /** Of the phase, 0 to 100. */
    public int percent() {
        if (objects.total() == 0) {
            return phase == MigrationPhase.DONE ? 100 : 0;
        }
        return (int) Math.min(100, 100 * objects.done() / objects.total());
    }
}
